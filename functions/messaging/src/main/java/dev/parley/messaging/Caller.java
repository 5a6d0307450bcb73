package dev.parley.messaging;

import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.util.Objects;
import java.util.Optional;

/**
 * Who does something, and from where.
 *
 * @param guest whether it is a guest of one meeting, without an account
 * @param meetingId the guest's meeting, or that of the socket
 * @param connectionId the socket, which needs not be told what it said itself
 */
public record Caller(
        String userId,
        String sessionId,
        String name,
        boolean guest,
        Optional<String> guestKey,
        Optional<String> meetingId,
        Optional<String> connectionId) {
    public Caller {
        Objects.requireNonNull(userId);
        Objects.requireNonNull(sessionId);
        Objects.requireNonNull(name);
    }

    public static Caller of(Principal principal) {
        return new Caller(
                principal.userId(),
                principal.sessionId(),
                principal.name(),
                principal.isGuest(),
                principal.guestKey(),
                principal.meetingId(),
                Optional.empty());
    }

    /** Who holds a socket. */
    public static Caller of(SocketTicket holder, String connectionId) {
        return new Caller(
                holder.userId(),
                holder.sessionId(),
                holder.name(),
                holder.role() == Role.GUEST,
                holder.guestKey(),
                holder.roomId(),
                Optional.of(connectionId));
    }
}
