package dev.parley.notifications.queue;

import dev.parley.contracts.Wire;
import dev.parley.notifications.Channel;
import dev.parley.notifications.Dispatch;
import dev.parley.platform.queues.SqsQueue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A standard queue in SQS: what is told twice is told once, and nothing waits for another. */
public final class SqsDispatch implements Dispatch {
    /** A queue hides a message for twelve hours at most, since it was handed over. */
    private static final Duration LONGEST = Duration.ofHours(11);

    private final SqsQueue queue;

    public SqsDispatch(SqsQueue queue) {
        this.queue = Objects.requireNonNull(queue);
    }

    /** What stands in the queue: which delivery, not what it says. */
    public record Order(String userId, String channel, String deliveryId) {}

    @Override
    public void queue(String userId, Channel channel, String deliveryId) {
        queue.sendUnordered(List.of(Wire.write(new Order(userId, channel.wire(), deliveryId))));
    }

    @Override
    public void later(String receipt, Duration after) {
        queue.showAgain(receipt, after.compareTo(LONGEST) > 0 ? LONGEST : after);
    }
}
