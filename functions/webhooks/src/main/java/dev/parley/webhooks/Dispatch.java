package dev.parley.webhooks;

import java.time.Duration;

/** The queue of deliveries: those of one webhook and one meeting come in order, one after another. */
public interface Dispatch {
    /** Has a delivery tried. The same one, repeated as often, is queued once. */
    void queue(Delivery delivery);

    /** Has a delivery that is being tried come again after this long. @param receipt as the queue gave it */
    void later(String receipt, Duration after);
}
