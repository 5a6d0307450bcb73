package dev.parley.meetings;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A host's acts on a live meeting. Each is written first and then reaches the media node, before the host is answered: if the node
 * does not answer, what was written holds all the same (who was removed gets no media, no seat and no socket again), and the
 * error says that the node was not reached. Doing the same act again then reaches it.
 */
public final class ModerationService {
    private final MeetingRepository meetings;
    private final LiveMeetings live;
    private final RoomMedia media;
    private final InstantSource clock;

    public ModerationService(MeetingRepository meetings, LiveMeetings live, RoomMedia media, InstantSource clock) {
        this.meetings = Objects.requireNonNull(meetings);
        this.live = Objects.requireNonNull(live);
        this.media = Objects.requireNonNull(media);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Removes somebody for good: their user id and guest key are denied, and new guests wait in the lobby from now on. */
    public HostAct kick(Principal caller, String meetingId, String who) {
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            LiveMeeting room = moderated(caller, meetingId);
            Participant person = person(room, who);
            if (person.userId().equals(room.hostId())) {
                throw MeetingErrors.HOST_STAYS.exception();
            }
            boolean again = person.state() == ParticipantState.KICKED;
            LiveMeeting without = again ? room : room.without(person);
            if (again || live.change(without, person, person.moved(ParticipantState.KICKED, clock.instant()))) {
                RoomAct act = new RoomAct(
                        RoomAct.Kind.KICK,
                        person.userId(),
                        person.guestKey().orElse(null),
                        null,
                        without.admission(),
                        actor(caller, meetingId));
                return done("kick", meetingId, person.userId(), act);
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    /** Mutes one source of somebody who is in. */
    public HostAct mute(Principal caller, String meetingId, String who, Source source) {
        return onPerson(caller, meetingId, who, source, RoomAct.Kind.MUTE, "mute");
    }

    /** Asks somebody who is in to speak again; only they themselves can unmute. */
    public HostAct askToUnmute(Principal caller, String meetingId, String who, Source source) {
        return onPerson(caller, meetingId, who, source, RoomAct.Kind.UNMUTE_REQUEST, "unmute-request");
    }

    /** Mutes one source of everybody but the host. */
    public HostAct muteAll(Principal caller, String meetingId, Source source) {
        moderated(caller, meetingId);
        RoomAct act = new RoomAct(RoomAct.Kind.MUTE_ALL, null, null, source, 0, actor(caller, meetingId));
        return done("mute-all", meetingId, null, act);
    }

    /** Keeps new people out, or lets them in again. */
    public HostAct lock(Principal caller, String meetingId, boolean locked) {
        moderated(caller, meetingId);
        LiveActs.change(live, meetingId, room -> room.withLock(locked));
        return new HostAct(locked ? "lock" : "unlock", meetingId, null, null);
    }

    /** Lets somebody in from the lobby, or somebody who was denied before. */
    public HostAct admit(Principal caller, String meetingId, String who) {
        return fromLobby(caller, meetingId, who, ParticipantState.ADMITTED, "admit");
    }

    /** Does not let somebody in from the lobby. */
    public HostAct deny(Principal caller, String meetingId, String who) {
        return fromLobby(caller, meetingId, who, ParticipantState.DENIED, "deny");
    }

    /** Ends the meeting for everybody and keeps who was there. Ending it again finishes what could not be done before. */
    public Meeting end(Principal caller, String meetingId) {
        Optional<LiveMeeting> room = address(caller, meetingId);
        Meeting plan = meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
        if (!MeetingService.hosts(caller, plan.hostId()) && !MeetingService.looksAfterMeetings(caller)) {
            throw MeetingErrors.NOT_HOST.exception();
        }
        if (plan.status() == MeetingStatus.CANCELLED) {
            throw MeetingErrors.CANCELLED.exception();
        }
        if (plan.status() != MeetingStatus.ENDED && room.isEmpty()) {
            throw MeetingErrors.NOT_STARTED.exception();
        }
        if (room.filter(LiveMeeting::active).isPresent()) {
            endLive(meetingId);
        }
        Optional<ApiException> unreached = endMedia(caller, meetingId);
        Meeting ended = plan;
        if (plan.status() != MeetingStatus.ENDED) {
            ended = plan.ended(clock.instant());
            meetings.finish(ended, live.participants(meetingId));
        }
        if (unreached.isPresent()) {
            throw unreached.get();
        }
        return ended;
    }

    private Optional<ApiException> endMedia(Principal caller, String meetingId) {
        try {
            media.apply(meetingId, new RoomAct(RoomAct.Kind.END, null, null, null, 0, actor(caller, meetingId)));
            media.forget(meetingId);
            return Optional.empty();
        } catch (ApiException e) {
            return Optional.of(e);
        }
    }

    private void endLive(String meetingId) {
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Optional<LiveMeeting> room = live.find(meetingId).filter(LiveMeeting::active);
            if (room.isEmpty() || live.change(room.get().ended(clock.instant()))) {
                return;
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    /** Who is in the meeting; the host also sees who waits, was denied or was removed. */
    public List<Participant> people(Principal caller, String meetingId) {
        Optional<LiveMeeting> room = address(caller, meetingId);
        String hostId;
        List<Participant> people;
        if (room.isPresent()) {
            hostId = room.get().hostId();
            people = live.participants(meetingId);
        } else {
            hostId = meetings.find(meetingId)
                    .orElseThrow(MeetingErrors.NOT_FOUND::exception)
                    .hostId();
            people = meetings.people(meetingId);
        }
        if (MeetingService.hosts(caller, hostId) || MeetingService.looksAfterMeetings(caller)) {
            return people;
        }
        boolean wasIn = people.stream()
                .anyMatch(person -> person.userId().equals(caller.userId())
                        && (person.state() == ParticipantState.JOINED || person.state() == ParticipantState.LEFT)
                        && person.csrc() > 0);
        if (!wasIn) {
            throw MeetingErrors.NOT_PARTICIPANT.exception();
        }
        return people.stream()
                .filter(person -> person.state() == ParticipantState.JOINED || person.state() == ParticipantState.LEFT)
                .filter(person -> person.csrc() > 0)
                .toList();
    }

    private HostAct onPerson(
            Principal caller, String meetingId, String who, Source source, RoomAct.Kind kind, String name) {
        Participant person = person(moderated(caller, meetingId), who);
        if (!person.seated()) {
            throw MeetingErrors.NOT_JOINED.exception();
        }
        RoomAct act = new RoomAct(kind, person.userId(), null, source, 0, actor(caller, meetingId));
        return done(name, meetingId, person.userId(), act);
    }

    private HostAct fromLobby(Principal caller, String meetingId, String who, ParticipantState next, String name) {
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Participant person = person(moderated(caller, meetingId), who);
            boolean waits = person.state() == ParticipantState.WAITING
                    || (next == ParticipantState.ADMITTED && person.state() == ParticipantState.DENIED);
            if (!waits && person.state() != next) {
                throw MeetingErrors.NOT_WAITING.exception();
            }
            if (!waits || live.move(meetingId, Optional.of(person), person.moved(next, clock.instant()))) {
                return new HostAct(name, meetingId, person.userId(), null);
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    private HostAct done(String name, String meetingId, String userId, RoomAct act) {
        return new HostAct(name, meetingId, userId, media.apply(meetingId, act).wire());
    }

    private LiveMeeting moderated(Principal caller, String meetingId) {
        LiveMeeting room = address(caller, meetingId).orElseThrow(MeetingErrors.NOT_STARTED::exception);
        if (!MeetingService.hosts(caller, room.hostId()) && !MeetingService.looksAfterMeetings(caller)) {
            throw MeetingErrors.NOT_HOST.exception();
        }
        if (!room.active()) {
            throw MeetingErrors.ENDED.exception();
        }
        return room;
    }

    private Optional<LiveMeeting> address(Principal caller, String meetingId) {
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId)) {
            throw MeetingErrors.NOT_FOUND.exception();
        }
        return live.find(meetingId);
    }

    /** @param who a user, guest or participant id */
    private Participant person(LiveMeeting room, String who) {
        String participantId = ParticipantIds.isParticipant(who) ? who : ParticipantIds.of(room.meetingId(), who);
        return live.participant(room.meetingId(), participantId).orElseThrow(MeetingErrors.PERSON_NOT_FOUND::exception);
    }

    private static String actor(Principal caller, String meetingId) {
        return ParticipantIds.of(meetingId, caller.userId());
    }
}
