package dev.parley.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a socket ticket stands for: who may open one WebSocket, and for which room. All of it rides in the authorizer context of that
 * socket.
 *
 * @param userId {@code u_…} or {@code g_…}
 * @param sessionId the login session the socket ends with
 * @param role what the account is
 * @param name the name to show
 * @param origin the web origin that asked for it, when it was a browser; the socket's must be the same
 * @param roomId the room it is for, when it is for one
 * @param participantId who the holder is in that room
 * @param roomRole what the holder is in that room: host, participant or guest
 * @param guestKey for guests
 */
public record SocketTicket(
        String userId,
        String sessionId,
        Role role,
        String name,
        Optional<String> origin,
        Optional<String> roomId,
        Optional<String> participantId,
        Optional<String> roomRole,
        Optional<String> guestKey) {
    public SocketTicket {
        Objects.requireNonNull(userId);
        Objects.requireNonNull(sessionId);
        Objects.requireNonNull(role);
        Objects.requireNonNull(name);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(roomId);
        Objects.requireNonNull(participantId);
        Objects.requireNonNull(roomRole);
        Objects.requireNonNull(guestKey);
    }

    /** A ticket for the caller, for no room in particular. */
    public static SocketTicket of(Principal caller, Optional<String> origin) {
        return new SocketTicket(
                caller.userId(),
                caller.sessionId(),
                caller.role(),
                caller.name(),
                origin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                caller.guestKey());
    }

    /** The same holder, bound to a room. */
    public SocketTicket forRoom(String room, String participant, String roleInRoom) {
        return new SocketTicket(
                userId,
                sessionId,
                role,
                name,
                origin,
                Optional.of(room),
                Optional.of(participant),
                Optional.of(roleInRoom),
                guestKey);
    }

    /** Flat text fields, as a store or an authorizer context carries them; absent ones are left out. */
    public Map<String, String> toFields() {
        Map<String, String> fields = new HashMap<>();
        fields.put("user_id", userId);
        fields.put("session_id", sessionId);
        fields.put("role", role.wireName());
        fields.put("name", name);
        origin.ifPresent(value -> fields.put("origin", value));
        roomId.ifPresent(value -> fields.put("room_id", value));
        participantId.ifPresent(value -> fields.put("participant_id", value));
        roomRole.ifPresent(value -> fields.put("room_role", value));
        guestKey.ifPresent(value -> fields.put("guest_key", value));
        return Map.copyOf(fields);
    }

    /** The reverse of {@link #toFields}. @throws IllegalArgumentException when a field that must be there is not */
    public static SocketTicket fromFields(Map<String, String> fields) {
        return new SocketTicket(
                needed(fields, "user_id"),
                needed(fields, "session_id"),
                Role.ofWireName(needed(fields, "role"))
                        .orElseThrow(() -> new IllegalArgumentException("No such role: " + fields.get("role"))),
                needed(fields, "name"),
                Optional.ofNullable(fields.get("origin")),
                Optional.ofNullable(fields.get("room_id")),
                Optional.ofNullable(fields.get("participant_id")),
                Optional.ofNullable(fields.get("room_role")),
                Optional.ofNullable(fields.get("guest_key")));
    }

    private static String needed(Map<String, String> fields, String key) {
        String value = fields.get(key);
        if (value == null) {
            throw new IllegalArgumentException("A ticket needs " + key);
        }
        return value;
    }
}
