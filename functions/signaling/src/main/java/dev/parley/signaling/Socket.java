package dev.parley.signaling;

import dev.parley.kernel.SocketTicket;
import java.util.Optional;

/**
 * An open socket.
 *
 * @param holder who opened it, as the ticket says
 * @param roomId the room it has joined
 */
public record Socket(String connectionId, SocketTicket holder, Optional<String> roomId) {}
