package dev.parley.meetings;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import java.util.Objects;
import java.util.Optional;

/** Where every act on a live meeting and its people begins and ends: who may do it is asked here, and what was done is told from here. */
public final class ModerationDesk {
    private final LiveMeetings live;
    private final MeetingNews news;

    public ModerationDesk(LiveMeetings live, MeetingNews news) {
        this.live = Objects.requireNonNull(live);
        this.news = Objects.requireNonNull(news);
    }

    /** Somebody who acts, the meeting as they found it, and what they are in it. */
    record Actor(LiveMeeting room, Principal who, MeetingRole role) {
        boolean may(Capability capability) {
            return role.may(capability);
        }

        String participantId() {
            return ParticipantIds.of(room.meetingId(), who.userId());
        }
    }

    /**
     * The caller, who may do that in a meeting that goes on.
     *
     * @throws dev.parley.kernel.ApiException 404 {@code meeting.not_found}, 409 {@code meeting.not_started}, 403 {@code meeting.not_host},
     *     410 {@code meeting.ended}
     */
    Actor actor(Principal caller, String meetingId, Capability capability) {
        LiveMeeting room = address(caller, meetingId).orElseThrow(MeetingErrors.NOT_STARTED::exception);
        Actor actor = new Actor(room, caller, role(caller, room));
        if (!actor.may(capability)) {
            throw MeetingErrors.NOT_HOST.exception();
        }
        if (!room.active()) {
            throw MeetingErrors.ENDED.exception();
        }
        return actor;
    }

    /** What the caller is in the meeting. Whoever looks after meetings may what a host may; whoever is not in may nothing. */
    MeetingRole role(Principal caller, LiveMeeting room) {
        if (MeetingService.hosts(caller, room.hostId()) || MeetingService.looksAfterMeetings(caller)) {
            return MeetingRole.HOST;
        }
        return live.participant(room.meetingId(), ParticipantIds.of(room.meetingId(), caller.userId()))
                .filter(Participant::seated)
                .map(Participant::role)
                .filter(role -> role != MeetingRole.HOST)
                .orElse(MeetingRole.VIEWER);
    }

    /** The live meeting, if the caller may speak of it. */
    Optional<LiveMeeting> address(Principal caller, String meetingId) {
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId)) {
            throw MeetingErrors.NOT_FOUND.exception();
        }
        return live.find(meetingId);
    }

    /** Somebody who asked to come into the meeting. @param who a user, guest or participant id */
    Participant person(LiveMeeting room, String who) {
        String participantId = ParticipantIds.isParticipant(who) ? who : ParticipantIds.of(room.meetingId(), who);
        return live.participant(room.meetingId(), participantId).orElseThrow(MeetingErrors.PERSON_NOT_FOUND::exception);
    }

    /** Refuses what is not for this one to do to that one: nobody removes the host, and only the host a co-host. */
    static void refuseAgainstAbove(Actor actor, Participant person) {
        if (person.userId().equals(actor.room().hostId())) {
            throw MeetingErrors.HOST_STAYS.exception();
        }
        if (person.role() == MeetingRole.CO_HOST && !actor.may(Capability.APPOINT)) {
            throw MeetingErrors.NOT_HOST.exception();
        }
    }

    /** An act was done: it is told. Every act ends here. */
    HostAct done(Principal caller, HostAct act) {
        news.acted(caller, act);
        return act;
    }
}
