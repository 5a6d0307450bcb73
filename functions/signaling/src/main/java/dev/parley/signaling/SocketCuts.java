package dev.parley.signaling;

import dev.parley.kernel.OutboxEvent;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Cuts the sockets of people who are not to have any more, as soon as that is told: of an account that was banned or removed, of a session
 * that was ended, of somebody who was removed from a meeting. What is told twice finds nothing left to cut.
 */
public final class SocketCuts {
    private final Sockets sockets;
    private final RoomService rooms;
    private final Outlet outlet;

    public SocketCuts(Sockets sockets, RoomService rooms, Outlet outlet) {
        this.sockets = Objects.requireNonNull(sockets);
        this.rooms = Objects.requireNonNull(rooms);
        this.outlet = Objects.requireNonNull(outlet);
    }

    /** Takes one event; those about anything else are passed over. */
    public void accept(OutboxEvent event) {
        switch (event.type()) {
            case "account.banned", "account.deleted" -> cut(event.data().get("user_id"), socket -> true);
            case "sessions.ended" -> {
                String session = event.data().get("session_id");
                String kept = event.data().get("except");
                cut(
                        event.data().get("user_id"),
                        socket -> session == null
                                ? !socket.holder().sessionId().equals(kept)
                                : socket.holder().sessionId().equals(session));
            }
            case "meeting.changed" -> {
                if ("kick".equals(event.data().get("what"))) {
                    rooms.sweep(event.data().get("meeting_id"));
                }
            }
            default -> {
                // Told to somebody else.
            }
        }
    }

    private void cut(String userId, Predicate<Socket> which) {
        sockets.ofUser(userId).stream().filter(which).forEach(socket -> {
            outlet.close(socket.connectionId());
            sockets.close(socket.connectionId())
                    .flatMap(Socket::roomId)
                    .ifPresent(roomId -> rooms.disconnected(roomId, socket.connectionId()));
        });
    }
}
