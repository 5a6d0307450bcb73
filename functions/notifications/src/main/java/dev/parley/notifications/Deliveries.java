package dev.parley.notifications;

import java.util.List;
import java.util.Optional;

/** What is told people elsewhere than in the app. A write holds only if what was read is still so. */
public interface Deliveries {
    /** What somebody is to be told on a channel and that is still open for more. */
    Optional<Digest> open(String userId, Channel channel);

    /** Makes a digest the delivery of its id. @return false when something was added meanwhile */
    boolean close(Digest digest, Delivery delivery);

    Optional<Delivery> find(String userId, String id);

    /** @return false when it was changed in between */
    boolean save(Delivery changed);

    /** The latest first. @param before an id, of which older ones are asked for */
    List<Delivery> page(String userId, Optional<String> before, int limit);
}
