package dev.parley.messaging;

import java.time.Duration;
import java.util.Map;

/** On which devices somebody is there, and how. A lease that nobody renews ends by itself. */
public interface Leases {
    /** Notes a state of a device. */
    void put(String userId, String device, PresenceState state, Duration lease);

    void remove(String userId, String device);

    /** The devices whose lease has not ended. */
    Map<String, PresenceState> ofUser(String userId);

    /** Forgets every device of somebody. */
    void forget(String userId);
}
