package dev.parley.webhooks.queue;

import dev.parley.contracts.Wire;
import dev.parley.platform.queues.SqsQueue;
import dev.parley.webhooks.Delivery;
import dev.parley.webhooks.Dispatch;
import java.time.Duration;
import java.util.Objects;

/** The queue of deliveries in SQS: FIFO, a message group for each webhook and meeting. */
public final class SqsDispatch implements Dispatch {
    private static final Duration LONGEST = Duration.ofHours(12);

    private final SqsQueue queue;

    public SqsDispatch(SqsQueue queue) {
        this.queue = Objects.requireNonNull(queue);
    }

    /** What stands in the queue: which delivery, not what it says. */
    public record Order(String webhookId, String deliveryId) {}

    @Override
    public void queue(Delivery delivery) {
        queue.send(new SqsQueue.Draft(
                delivery.webhookId() + "#" + delivery.meetingId(),
                delivery.id() + "#" + delivery.webhookId() + "#" + delivery.repeats(),
                Wire.write(new Order(delivery.webhookId(), delivery.id()))));
    }

    @Override
    public void later(String receipt, Duration after) {
        queue.showAgain(receipt, after.compareTo(LONGEST) > 0 ? LONGEST : after);
    }
}
