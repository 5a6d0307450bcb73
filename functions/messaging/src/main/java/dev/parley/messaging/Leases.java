package dev.parley.messaging;

import java.util.Map;
import java.util.Optional;

/** On which devices somebody is there, and how. A lease that nobody renews ends by itself. */
public interface Leases {
    /** Notes how a device is. @return what was known of it */
    Optional<Lease> put(String userId, String device, Lease lease);

    /** Puts a lease in place of another, if the device still has that one's socket. @return whether it has */
    boolean replace(String userId, String device, Lease before, Lease lease);

    /** @return what was known of the device */
    Optional<Lease> remove(String userId, String device);

    /** The devices whose lease has not ended. */
    Map<String, Lease> ofUser(String userId);

    /** Forgets every device of somebody. */
    void forget(String userId);
}
