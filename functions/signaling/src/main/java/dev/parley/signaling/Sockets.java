package dev.parley.signaling;

import java.util.List;
import java.util.Optional;

/** The open sockets. A socket nobody closed is forgotten by itself after two hours and five minutes. */
public interface Sockets {
    void open(Socket socket);

    Optional<Socket> find(String connectionId);

    /** Notes that the socket is in a room, or in none. Does nothing for a socket that is closed. */
    void enter(String connectionId, Optional<String> roomId);

    /** The sockets of a user, or of a guest; one that was opened within the last moment may be missing. */
    List<Socket> ofUser(String userId);

    /** Forgets the socket. @return what it was, to the first who asks */
    Optional<Socket> close(String connectionId);
}
