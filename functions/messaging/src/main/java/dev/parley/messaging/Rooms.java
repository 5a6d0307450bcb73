package dev.parley.messaging;

import java.util.List;
import java.util.Optional;

/** Who hears which meeting's room on the socket. */
public interface Rooms {
    /** A socket in a room; a person with two devices is two of them. */
    record Listener(String connectionId, String userId, String displayName, Optional<String> guestKey) {}

    List<Listener> listeners(String meetingId);
}
