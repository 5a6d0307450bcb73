package dev.parley.signaling;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.signaling.ServerFrame;
import dev.parley.kernel.OutboxEvent;
import java.util.List;
import java.util.Objects;

/**
 * Tells sockets what the meetings function wrote into the outbox as {@code meeting.changed}: hosts hear who waits, those who wait hear
 * whether they come in, everybody in the room hears that something is different and looks. What is told is a hint: whoever misses it finds
 * it by asking, and nobody is let in or kept out by it.
 */
public final class MeetingNews {
    /** The type of the events that are told. */
    public static final String CHANGED = "meeting.changed";

    private final Sockets sockets;
    private final Rooms rooms;
    private final Meetings meetings;
    private final Broadcast broadcast;
    private final Outlet outlet;

    public MeetingNews(Sockets sockets, Rooms rooms, Meetings meetings, Outlet outlet) {
        this.sockets = Objects.requireNonNull(sockets);
        this.rooms = Objects.requireNonNull(rooms);
        this.meetings = Objects.requireNonNull(meetings);
        this.outlet = Objects.requireNonNull(outlet);
        this.broadcast = new Broadcast(sockets, rooms, outlet);
    }

    /** Tells one event; those of other types are not for sockets. */
    public void tell(OutboxEvent event) {
        String meetingId = event.data().get("meeting_id");
        String what = event.data().get("what");
        if (!CHANGED.equals(event.type()) || meetingId == null || what == null) {
            return;
        }
        String userId = event.data().get("user_id");
        switch (what) {
            case "waiting" -> toHosts(meetingId, userId);
            case "admit" -> {
                toPerson(userId, new ServerFrame.Admitted(meetingId));
                toHosts(meetingId, userId);
            }
            case "deny" -> {
                toPerson(userId, new ServerFrame.Denied(meetingId));
                toHosts(meetingId, userId);
            }
            case "kick" -> {
                cut(userId, meetingId);
                toRoom(meetingId, what, userId);
            }
            case "role" -> {
                rooms.members(meetingId).stream()
                        .filter(member -> userId == null || member.userId().equals(userId) || admits(member))
                        .forEach(member -> refresh(meetingId, member));
                toRoom(meetingId, what, userId);
            }
            default -> toRoom(meetingId, what, userId);
        }
    }

    /** Notes what somebody is now in place of what they were when their socket joined. */
    private void refresh(String meetingId, Member member) {
        meetings.seat(meetingId, member.participantId())
                .filter(seat -> !seat.role().equals(member.role()))
                .ifPresent(seat -> rooms.add(meetingId, member.as(seat.role())));
    }

    private void toHosts(String meetingId, String userId) {
        List<Member> hosts =
                rooms.members(meetingId).stream().filter(MeetingNews::admits).toList();
        broadcast.send(meetingId, hosts, new ServerFrame.Lobby(meetingId, userId));
    }

    private static boolean admits(Member member) {
        return MeetingRole.find(member.role())
                .filter(role -> role.may(Capability.ADMIT))
                .isPresent();
    }

    private void toRoom(String meetingId, String what, String userId) {
        broadcast.send(meetingId, rooms.members(meetingId), new ServerFrame.MeetingChanged(meetingId, what, userId));
    }

    /** Whoever waits has a socket for no room. */
    private void toPerson(String userId, ServerFrame frame) {
        if (userId == null) {
            return;
        }
        String text = Wire.write(frame);
        for (Socket socket : sockets.ofUser(userId)) {
            if (!outlet.send(socket.connectionId(), text)) {
                sockets.close(socket.connectionId());
            }
        }
    }

    /** The sockets of somebody who was removed do not wait for the next word in the room. */
    private void cut(String userId, String meetingId) {
        if (userId == null) {
            return;
        }
        String participantId = ParticipantIds.of(meetingId, userId);
        for (Member member : rooms.members(meetingId)) {
            if (member.participantId().equals(participantId)) {
                outlet.send(member.connectionId(), Wire.write(new ServerFrame.Kicked(meetingId)));
                outlet.close(member.connectionId());
            }
        }
    }
}
