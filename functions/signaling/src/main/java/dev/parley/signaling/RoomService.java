package dev.parley.signaling;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.signaling.ClientFrame;
import dev.parley.contracts.signaling.ServerFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.SocketTicket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Coming into a room and going out of it on the socket, and knowing who is there. */
public final class RoomService {
    private final Sockets sockets;
    private final Rooms rooms;
    private final Meetings meetings;
    private final Broadcast broadcast;
    private final Outlet outlet;
    private final JsonNode iceServers;

    /** @param iceServers a JSON array, as {@code RTCPeerConnection} takes it */
    public RoomService(Sockets sockets, Rooms rooms, Meetings meetings, Outlet outlet, String iceServers) {
        this.sockets = Objects.requireNonNull(sockets);
        this.rooms = Objects.requireNonNull(rooms);
        this.meetings = Objects.requireNonNull(meetings);
        this.outlet = Objects.requireNonNull(outlet);
        this.broadcast = new Broadcast(sockets, rooms, outlet);
        this.iceServers = Wire.tree(iceServers);
    }

    /** What somebody gets who came in. @param seq the number of what the others were told, empty when they were not */
    record Entry(Optional<Long> seq, ServerFrame.RoomInfo info) {}

    /**
     * Comes in, once the meeting has given a seat. The others are told, unless another device of the same person was there, or they are too
     * many to be told of everybody who comes and goes. Who is in the room is read once, after coming in: of two who come at the same moment
     * at least one sees the other.
     */
    Entry join(Speaker speaker, ClientFrame frame) {
        SocketTicket holder = speaker.holder();
        if (frame.userId() != null && !frame.userId().equals(holder.userId())) {
            throw SignalErrors.USER.about("user_id");
        }
        String roomId = speaker.room(frame);
        Meeting meeting = open(speaker, roomId);
        Meetings.Seat seat = meetings.seat(roomId, ParticipantIds.of(roomId, holder.userId()))
                .orElseThrow(SignalErrors.NOT_PARTICIPANT::exception);
        leaveOther(speaker, roomId);
        Member member = new Member(
                speaker.connectionId(),
                holder.userId(),
                seat.participantId(),
                seat.displayName(),
                seat.role(),
                holder.guestKey());
        rooms.add(roomId, member);
        sockets.enter(speaker.connectionId(), Optional.of(roomId));
        List<Member> hearing = hearing(roomId, meeting);
        Optional<Long> seq = tellOfComing(roomId, without(hearing, speaker.connectionId()), member);
        long last = seq.orElseGet(() -> rooms.lastSeq(roomId));
        return new Entry(seq, info(frame, new Talk(roomId, meeting, member, hearing), last));
    }

    private Optional<Long> tellOfComing(String roomId, List<Member> others, Member member) {
        if (others.size() > SocketProtocol.ROSTER_PUSHES
                || others.stream().anyMatch(other -> other.participantId().equals(member.participantId()))) {
            return Optional.empty();
        }
        long seq = rooms.nextSeq(roomId);
        broadcast.send(roomId, others, new ServerFrame.UserJoined(roomId, member.userId(), member.info(), seq));
        return Optional.of(seq);
    }

    /** Goes out; leaving a room one is not in changes nothing. */
    Optional<Long> leave(Speaker speaker, ClientFrame frame) {
        String roomId = speaker.room(frame);
        Optional<Long> seq = gone(roomId, speaker.connectionId(), "left");
        sockets.find(speaker.connectionId())
                .flatMap(Socket::roomId)
                .filter(roomId::equals)
                .ifPresent(left -> sockets.enter(speaker.connectionId(), Optional.empty()));
        return seq;
    }

    /** Cuts the sockets of those who were removed from the meeting, and tells the others. */
    void sweep(String roomId) {
        meetings.find(roomId).ifPresent(meeting -> hearing(roomId, meeting));
    }

    void disconnected(String roomId, String connectionId) {
        gone(roomId, connectionId, "disconnected");
    }

    ServerFrame.RoomInfo info(Speaker speaker, ClientFrame frame) {
        Talk talk = talk(speaker, frame);
        return info(frame, talk, rooms.lastSeq(talk.roomId()));
    }

    private ServerFrame.RoomInfo info(ClientFrame frame, Talk talk, long seq) {
        Meeting meeting = talk.meeting();
        Set<String> seen = new HashSet<>();
        List<ServerFrame.UserInfo> people = talk.members().stream()
                .filter(member -> seen.add(member.participantId()))
                .map(Member::info)
                .toList();
        JsonNode settings = Wire.tree(meeting.settings());
        Function<List<ServerFrame.UserInfo>, ServerFrame.RoomInfo> naming = listed -> new ServerFrame.RoomInfo(
                frame.id(),
                talk.roomId(),
                seq,
                meeting.hostId(),
                meeting.locked(),
                meeting.title(),
                settings,
                iceServers,
                listed,
                people.size());
        return naming.apply(fitting(people, SocketProtocol.MAX_FRAME_BYTES - bytes(naming.apply(List.of()))));
    }

    /** The first of these people, as many as {@code room} bytes of JSON hold. */
    private static List<ServerFrame.UserInfo> fitting(List<ServerFrame.UserInfo> people, int room) {
        int left = room;
        for (int i = 0; i < people.size(); i++) {
            left -= bytes(people.get(i)) + 1;
            if (left < 0) {
                return people.subList(0, i);
            }
        }
        return people;
    }

    private static int bytes(Object json) {
        return Wire.writeBytes(json).length;
    }

    /** What somebody who may speak in a room speaks into. */
    record Talk(String roomId, Meeting meeting, Member self, List<Member> members) {
        /** Everybody in the room but this socket. */
        List<Member> others() {
            return without(members, self.connectionId());
        }
    }

    /**
     * Checks that the speaker is in the room, and was not removed from the meeting. Sockets of others who were removed since are
     * cut here, and are not among the members.
     */
    Talk talk(Speaker speaker, ClientFrame frame) {
        String roomId = speaker.room(frame);
        Meeting meeting = open(speaker, roomId);
        List<Member> hearing = hearing(roomId, meeting);
        Member self = hearing.stream()
                .filter(member -> member.connectionId().equals(speaker.connectionId()))
                .findFirst()
                .orElseThrow(SignalErrors.NOT_JOINED::exception);
        return new Talk(roomId, meeting, self, hearing);
    }

    /** Refuses what the speaker's role, as it is now, does not let them do. */
    void permit(Talk talk, Capability capability) {
        Meetings.Seat seat = meetings.seat(talk.roomId(), talk.self().participantId())
                .orElseThrow(SignalErrors.NOT_PARTICIPANT::exception);
        boolean may = MeetingRole.find(seat.role())
                .filter(role -> role.may(capability))
                .isPresent();
        if (!may) {
            throw SignalErrors.ROLE.exception();
        }
    }

    private Meeting open(Speaker speaker, String roomId) {
        Meeting meeting = meetings.find(roomId).filter(Meeting::active).orElseThrow(SignalErrors.NOT_ACTIVE::exception);
        if (speaker.isRemovedFrom(meeting)) {
            throw SignalErrors.BANNED.exception();
        }
        return meeting;
    }

    /** The room's members without those who were removed from the meeting, whose sockets are cut. */
    private List<Member> hearing(String roomId, Meeting meeting) {
        List<Member> hearing = new ArrayList<>();
        for (Member member : rooms.members(roomId)) {
            if (meeting.denies(member.userId(), member.guestKey())) {
                cut(roomId, member);
            } else {
                hearing.add(member);
            }
        }
        return hearing;
    }

    private void cut(String roomId, Member removed) {
        sockets.close(removed.connectionId());
        outlet.close(removed.connectionId());
        gone(roomId, removed.connectionId(), "left");
    }

    private Optional<Long> gone(String roomId, String connectionId, String reason) {
        List<Member> members = rooms.members(roomId);
        Optional<Member> self = members.stream()
                .filter(member -> member.connectionId().equals(connectionId))
                .findFirst();
        if (self.isEmpty() || !rooms.remove(roomId, connectionId)) {
            return Optional.empty();
        }
        List<Member> others = without(members, connectionId);
        Member left = self.get();
        if (others.size() > SocketProtocol.ROSTER_PUSHES
                || others.stream().anyMatch(other -> other.participantId().equals(left.participantId()))) {
            return Optional.empty();
        }
        List<Member> hearers = meetings.find(roomId)
                .map(meeting -> others.stream()
                        .filter(other -> !meeting.denies(other.userId(), other.guestKey()))
                        .toList())
                .orElse(others);
        long seq = rooms.nextSeq(roomId);
        broadcast.send(
                roomId, hearers, new ServerFrame.UserLeft(roomId, left.userId(), left.participantId(), reason, seq));
        return Optional.of(seq);
    }

    /** A socket is in one room at a time. */
    private void leaveOther(Speaker speaker, String roomId) {
        sockets.find(speaker.connectionId())
                .flatMap(Socket::roomId)
                .filter(other -> !other.equals(roomId))
                .ifPresent(other -> gone(other, speaker.connectionId(), "left"));
    }

    private static List<Member> without(List<Member> members, String connectionId) {
        return members.stream()
                .filter(member -> !member.connectionId().equals(connectionId))
                .toList();
    }
}
