package dev.parley.contracts.signaling;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Anything the server sends on the socket about rooms; about messages, chat included, {@link
 * dev.parley.contracts.messaging.MessagingFrame} says it. {@code seq} counts one room's frames, gapless from the room's first; a client
 * that finds a gap asks {@code room-info}. Frames of API Gateway come in no order: {@code seq} is the order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerFrame.Failed.class, name = "error"),
    @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = ServerFrame.RoomInfo.class, name = "room-info"),
    @JsonSubTypes.Type(value = ServerFrame.UserJoined.class, name = "user-joined"),
    @JsonSubTypes.Type(value = ServerFrame.UserLeft.class, name = "user-left"),
    @JsonSubTypes.Type(value = ServerFrame.Offer.class, name = "offer"),
    @JsonSubTypes.Type(value = ServerFrame.Answer.class, name = "answer"),
    @JsonSubTypes.Type(value = ServerFrame.Candidate.class, name = "candidate"),
    @JsonSubTypes.Type(value = ServerFrame.ScreenShare.class, name = "screen-share"),
    @JsonSubTypes.Type(value = ServerFrame.MediaControl.class, name = "media-control"),
    @JsonSubTypes.Type(value = ServerFrame.Lobby.class, name = "lobby"),
    @JsonSubTypes.Type(value = ServerFrame.Admitted.class, name = "admitted"),
    @JsonSubTypes.Type(value = ServerFrame.Denied.class, name = "denied"),
    @JsonSubTypes.Type(value = ServerFrame.Kicked.class, name = "kicked"),
    @JsonSubTypes.Type(value = ServerFrame.MeetingChanged.class, name = "meeting"),
})
public sealed interface ServerFrame {
    /** The command {@code id} was done; {@code seq} is the number its frame got in the room, if it made one. */
    record Ack(String id, Long seq) implements ServerFrame {}

    /** The command was refused. {@code code} is stable; {@code details} names the field or the limit. */
    record Failed(String code, String message, String details, String id) implements ServerFrame {}

    record Pong(String id, Long at) implements ServerFrame {}

    /**
     * Who is on the socket in this room, and what the room is.
     *
     * @param participants as many as one frame holds; when {@code total} is more, {@code GET /meetings/:id/participants} has all
     * @param total how many there are
     */
    record RoomInfo(
            String id,
            String roomId,
            long seq,
            String hostId,
            boolean locked,
            String title,
            JsonNode settings,
            JsonNode iceServers,
            List<UserInfo> participants,
            int total)
            implements ServerFrame {}

    record UserInfo(String userId, String participantId, String displayName, String role) {}

    /** Told where up to 50 others are in the room; in a larger one {@code room-info} and the media node's roster say who is there. */
    record UserJoined(String roomId, String userId, UserInfo userInfo, long seq) implements ServerFrame {}

    /**
     * As {@link UserJoined}.
     *
     * @param reason {@code left} or {@code disconnected}
     */
    record UserLeft(String roomId, String userId, String participantId, String reason, long seq)
            implements ServerFrame {}

    record Offer(String roomId, String from, String sdp) implements ServerFrame {}

    record Answer(String roomId, String from, String sdp) implements ServerFrame {}

    record Candidate(String roomId, String from, JsonNode candidate) implements ServerFrame {}

    record ScreenShare(String roomId, String from, boolean on, long seq) implements ServerFrame {}

    record MediaControl(String roomId, String from, JsonNode control) implements ServerFrame {}

    /** To hosts: who waits in the lobby is different now; {@code GET /meetings/:id/participants} says who. */
    record Lobby(String roomId, String userId) implements ServerFrame {}

    /** To whoever waits: come in, by joining again. */
    record Admitted(String roomId) implements ServerFrame {}

    /** To whoever waits: a host did not let them in. */
    record Denied(String roomId) implements ServerFrame {}

    /** To somebody who was removed from the meeting, before the socket is closed. */
    record Kicked(String roomId) implements ServerFrame {}

    /**
     * Something about the meeting is different: look again.
     *
     * @param what {@code role}, {@code lock}, {@code unlock}, {@code poll}, {@code breakouts}, {@code end} and so on
     * @param userId whom it is about, absent when it is about everybody
     */
    record MeetingChanged(String roomId, String what, String userId) implements ServerFrame {}
}
