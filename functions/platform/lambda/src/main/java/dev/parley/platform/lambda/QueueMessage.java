package dev.parley.platform.lambda;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One message of a queue, as its mapping hands it over.
 *
 * @param id given by the queue
 * @param receipt by which the queue is told what to do with this message
 * @param body the text
 * @param group the message group, of a FIFO queue
 * @param receives how often it was handed over, this time included
 * @param sentAt when it was sent
 */
public record QueueMessage(
        String id, String receipt, String body, Optional<String> group, int receives, Instant sentAt) {
    public QueueMessage {
        Objects.requireNonNull(id);
        Objects.requireNonNull(receipt);
        Objects.requireNonNull(body);
        Objects.requireNonNull(group);
        Objects.requireNonNull(sentAt);
    }

    /** Without its body, which may hold what only its reader should see. */
    @Override
    public String toString() {
        return "QueueMessage[" + id + " of " + group.orElse("no group") + "]";
    }
}
