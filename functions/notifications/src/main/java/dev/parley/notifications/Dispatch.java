package dev.parley.notifications;

import java.time.Duration;

/** The queue of what is told elsewhere than in the app. */
public interface Dispatch {
    /** Has a digest or a delivery looked at. Queued twice it is told once. */
    void queue(String userId, Channel channel, String deliveryId);

    /** Has what is being looked at come again after this long. @param receipt as the queue gave it */
    void later(String receipt, Duration after);
}
