package dev.parley.meetings;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Principal;
import dev.parley.meetings.LiveMeetings.Change;
import dev.parley.meetings.ModerationDesk.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Gives people of a live meeting their roles. A role is written first and then reaches the media node, which gives or takes the right to
 * send at once and tells everybody; both carry the meeting's admission number, so that a media token written before is overruled.
 */
public final class RoleService {
    private final LiveMeetings live;
    private final ModerationDesk desk;
    private final RoomMedia media;

    public RoleService(LiveMeetings live, ModerationDesk desk, RoomMedia media) {
        this.live = Objects.requireNonNull(live);
        this.desk = Objects.requireNonNull(desk);
        this.media = Objects.requireNonNull(media);
    }

    /**
     * Makes somebody who was let in what {@code word} says; {@code host} hands the meeting over, and who was the host is a co-host then.
     * Nobody raises themselves, and a host steps down only by handing over. Doing it again reaches a node that was not reached before.
     *
     * @param who a user, guest or participant id
     */
    public HostAct assign(Principal caller, String meetingId, String who, String word) {
        MeetingRole asked = assignable(word);
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Actor actor = desk.actor(caller, meetingId, Capability.CHANGE_ROLES);
            Participant person = desk.person(actor.room(), who);
            MeetingRole role = asked == MeetingRole.PARTICIPANT ? ground(person) : asked;
            check(actor, person, role);
            if (person.role() == role) {
                return reach(actor, actor.room(), List.of(person));
            }
            LiveMeeting after = role == MeetingRole.HOST
                    ? actor.room().handedTo(person.userId())
                    : actor.room().reranked();
            List<Change> changes = changes(actor.room(), person, role);
            if (live.change(after, changes)) {
                return reach(actor, after, changes.stream().map(Change::after).toList());
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    /** The role of that name. @throws dev.parley.kernel.ApiException 400 {@code meeting.role} where nobody can be given it */
    public static MeetingRole assignable(String word) {
        return MeetingRole.find(word)
                .filter(role -> role != MeetingRole.GUEST)
                .orElseThrow(() -> MeetingErrors.ROLE.about("role"));
    }

    /** What somebody is who was made nothing else. */
    static MeetingRole ground(Participant person) {
        return person.guestKey().isPresent() ? MeetingRole.GUEST : MeetingRole.PARTICIPANT;
    }

    private static void check(Actor actor, Participant person, MeetingRole role) {
        boolean self = person.userId().equals(actor.who().userId());
        if (person.userId().equals(actor.room().hostId()) && role != MeetingRole.HOST) {
            throw MeetingErrors.LAST_HOST.exception();
        }
        if (self && role.isAbove(person.role())) {
            throw MeetingErrors.NOT_ONESELF.exception();
        }
        boolean appoints = role.may(Capability.CHANGE_ROLES) || (!self && person.role() == MeetingRole.CO_HOST);
        if (appoints && person.role() != role && !actor.may(Capability.APPOINT)) {
            throw MeetingErrors.NOT_HOST.exception();
        }
        if (role.may(Capability.CHANGE_ROLES) && person.guestKey().isPresent()) {
            throw MeetingErrors.GUEST_ROLE.exception();
        }
        boolean admitted = person.state() == ParticipantState.ADMITTED || person.csrc() > 0;
        boolean out = person.state() == ParticipantState.KICKED || person.state() == ParticipantState.DENIED;
        if (!admitted || out || (role == MeetingRole.HOST && !person.seated())) {
            throw MeetingErrors.NOT_JOINED.exception();
        }
    }

    /** A meeting has one host: who was it becomes a co-host when somebody else does. */
    private List<Change> changes(LiveMeeting room, Participant person, MeetingRole role) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(person, person.as(role)));
        if (role == MeetingRole.HOST) {
            live.participants(room.meetingId()).stream()
                    .filter(other -> other.userId().equals(room.hostId()))
                    .findFirst()
                    .ifPresent(host -> changes.add(new Change(host, host.as(MeetingRole.CO_HOST))));
        }
        return changes;
    }

    /** Tells the node of everybody who is different now, also when it could not be told of one. */
    private HostAct reach(Actor actor, LiveMeeting room, List<Participant> people) {
        RoomMedia.Reach reach = RoomMedia.Reach.NO_ROOM;
        ApiException unreached = null;
        for (Participant person : people) {
            try {
                reach = media.apply(room.meetingId(), act(room, person, actor.participantId()));
            } catch (ApiException e) {
                unreached = e;
            }
        }
        HostAct done = desk.done(
                actor.who(),
                new HostAct("role", room.meetingId(), people.getFirst().userId(), reach.wire()));
        if (unreached != null) {
            throw unreached;
        }
        return done;
    }

    static RoomAct act(LiveMeeting room, Participant person, String by) {
        return RoomAct.role(
                person.userId(), person.role().wire(), MediaGrants.of(room, person.role()), room.admission(), by);
    }
}
