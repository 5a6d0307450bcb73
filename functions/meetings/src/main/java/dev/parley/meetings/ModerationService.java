package dev.parley.meetings;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Principal;
import dev.parley.meetings.ModerationDesk.Actor;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What hosts and co-hosts do in a live meeting. Each is written first and then reaches the media node, before the host is answered: if the node
 * does not answer, what was written holds all the same (who was removed gets no media, no seat and no socket again), and the
 * error says that the node was not reached. Doing the same act again then reaches it.
 */
public final class ModerationService {
    private final MeetingRepository meetings;
    private final LiveMeetings live;
    private final ModerationDesk desk;
    private final RoomMedia media;
    private final MeetingEnd ending;
    private final InstantSource clock;

    public ModerationService(
            MeetingRepository meetings,
            LiveMeetings live,
            ModerationDesk desk,
            RoomMedia media,
            MeetingEnd ending,
            InstantSource clock) {
        this.meetings = Objects.requireNonNull(meetings);
        this.live = Objects.requireNonNull(live);
        this.desk = Objects.requireNonNull(desk);
        this.media = Objects.requireNonNull(media);
        this.ending = Objects.requireNonNull(ending);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Fails as every act would for which that capability is needed, and does nothing. */
    public void check(Principal caller, String meetingId, Capability capability) {
        desk.actor(caller, meetingId, capability);
    }

    /**
     * As {@link #check}, and fails where there is no such person.
     *
     * @param who a user, guest or participant id
     * @return their user or guest id
     */
    public String personFor(Principal caller, String meetingId, Capability capability, String who) {
        return desk.person(desk.actor(caller, meetingId, capability).room(), who)
                .userId();
    }

    /** Removes somebody for good: their user id and guest key are denied, and new guests wait in the lobby from now on. */
    public HostAct kick(Principal caller, String meetingId, String who) {
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Actor actor = desk.actor(caller, meetingId, Capability.MODERATE);
            LiveMeeting room = actor.room();
            Participant person = desk.person(room, who);
            ModerationDesk.refuseAgainstAbove(actor, person);
            boolean again = person.state() == ParticipantState.KICKED;
            LiveMeeting without = again ? room : room.without(person);
            if (again || live.change(without, person, person.moved(ParticipantState.KICKED, clock.instant()))) {
                RoomAct act = new RoomAct(
                        RoomAct.Kind.KICK,
                        person.userId(),
                        person.guestKey().orElse(null),
                        null,
                        without.admission(),
                        actor.participantId());
                return done(caller, "kick", meetingId, person.userId(), act);
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

    /** Mutes one source of everybody who does not moderate. */
    public HostAct muteAll(Principal caller, String meetingId, Source source) {
        Actor actor = desk.actor(caller, meetingId, Capability.MODERATE);
        RoomAct act = new RoomAct(RoomAct.Kind.MUTE_ALL, null, null, source, 0, actor.participantId());
        return done(caller, "mute-all", meetingId, null, act);
    }

    /** Keeps new people out, or lets them in again. */
    public HostAct lock(Principal caller, String meetingId, boolean locked) {
        desk.actor(caller, meetingId, Capability.LOCK);
        LiveActs.change(live, meetingId, room -> room.withLock(locked));
        return desk.done(caller, new HostAct(locked ? "lock" : "unlock", meetingId, null, null));
    }

    /** Lets somebody in from the lobby, or somebody who was denied before. */
    public HostAct admit(Principal caller, String meetingId, String who) {
        return fromLobby(caller, meetingId, who, ParticipantState.ADMITTED, "admit");
    }

    /** Does not let somebody in from the lobby. */
    public HostAct deny(Principal caller, String meetingId, String who) {
        return fromLobby(caller, meetingId, who, ParticipantState.DENIED, "deny");
    }

    /** Fails as {@link #end} would where the caller may not end the meeting or there is nothing to end, and does nothing. */
    public void checkEnd(Principal caller, String meetingId) {
        ending(caller, meetingId);
    }

    /** Ends the meeting for everybody and keeps who was there. Ending it again finishes what could not be done before. */
    public Meeting end(Principal caller, String meetingId) {
        if (ending(caller, meetingId).filter(LiveMeeting::active).isPresent()) {
            endLive(meetingId);
        }
        try {
            return ending.finish(meetingId, ParticipantIds.of(meetingId, caller.userId()));
        } finally {
            desk.done(caller, new HostAct("end", meetingId, null, null));
        }
    }

    /** The live meeting that the caller may end, if it is still there. */
    private Optional<LiveMeeting> ending(Principal caller, String meetingId) {
        Optional<LiveMeeting> room = desk.address(caller, meetingId);
        Meeting plan = meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
        boolean hostsLive =
                room.filter(one -> desk.role(caller, one).may(Capability.END)).isPresent();
        if (!hostsLive && !MeetingService.hosts(caller, plan.hostId()) && !MeetingService.looksAfterMeetings(caller)) {
            throw MeetingErrors.NOT_HOST.exception();
        }
        if (plan.status() == MeetingStatus.CANCELLED) {
            throw MeetingErrors.CANCELLED.exception();
        }
        if (plan.status() != MeetingStatus.ENDED && room.isEmpty()) {
            throw MeetingErrors.NOT_STARTED.exception();
        }
        return room;
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

    /** Who is in the meeting; its hosts also see who waits, was denied or was removed. */
    public List<Participant> people(Principal caller, String meetingId) {
        Optional<LiveMeeting> room = desk.address(caller, meetingId);
        boolean seesAll;
        List<Participant> people;
        if (room.isPresent()) {
            seesAll = desk.role(caller, room.get()).may(Capability.ADMIT);
            people = live.participants(meetingId);
        } else {
            Meeting plan = meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
            seesAll = MeetingService.hosts(caller, plan.hostId()) || MeetingService.looksAfterMeetings(caller);
            people = meetings.people(meetingId);
        }
        if (seesAll) {
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
        Actor actor = desk.actor(caller, meetingId, Capability.MODERATE);
        Participant person = desk.person(actor.room(), who);
        if (!person.seated()) {
            throw MeetingErrors.NOT_JOINED.exception();
        }
        RoomAct act = new RoomAct(kind, person.userId(), null, source, 0, actor.participantId());
        return done(caller, name, meetingId, person.userId(), act);
    }

    private HostAct fromLobby(Principal caller, String meetingId, String who, ParticipantState next, String name) {
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Actor actor = desk.actor(caller, meetingId, Capability.ADMIT);
            Participant person = desk.person(actor.room(), who);
            boolean waits = person.state() == ParticipantState.WAITING
                    || (next == ParticipantState.ADMITTED && person.state() == ParticipantState.DENIED);
            if (!waits && person.state() != next) {
                throw MeetingErrors.NOT_WAITING.exception();
            }
            if (!waits || live.move(meetingId, Optional.of(person), person.moved(next, clock.instant()))) {
                return desk.done(caller, new HostAct(name, meetingId, person.userId(), null));
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    private HostAct done(Principal caller, String name, String meetingId, String userId, RoomAct act) {
        try {
            return desk.done(
                    caller,
                    new HostAct(
                            name, meetingId, userId, media.apply(meetingId, act).wire()));
        } catch (ApiException e) {
            desk.done(caller, new HostAct(name, meetingId, userId, null));
            throw e;
        }
    }
}
