package dev.parley.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A consumer of outbox events that passes each on once, however often it is told. Who takes an event says so before and marks it done
 * after; what fails is given back at once, and what was taken by a process that died is free again after a minute. So an event is passed
 * on again only when a process dies, or the store goes, between the end of the work and its mark.
 */
public final class ToldOnce implements Consumer<OutboxEvent> {
    /** Longer than a function may take. */
    static final Duration TAKEN = Duration.ofMinutes(1);
    /** Longer than a stream keeps what it tells. */
    static final Duration REMEMBERED = Duration.ofDays(3);

    private static final String STATE = "state";
    private static final String DONE = "done";

    private final String name;
    private final Ephemeral marks;
    private final Consumer<OutboxEvent> consumer;

    /** @param name of the consumer: each has marks of its own */
    public ToldOnce(String name, Ephemeral marks, Consumer<OutboxEvent> consumer) {
        this.name = Objects.requireNonNull(name);
        this.marks = Objects.requireNonNull(marks);
        this.consumer = Objects.requireNonNull(consumer);
    }

    /** @throws ApiException 503 {@code store.unavailable}, also while another process has the event: to be told again later */
    @Override
    public void accept(OutboxEvent event) {
        String mark = "told#" + name + "#" + event.id();
        if (!marks.putIfAbsent(mark, Map.of(STATE, "taken"), TAKEN)) {
            if (marks.find(mark).filter(found -> DONE.equals(found.get(STATE))).isEmpty()) {
                throw Errors.STORE_UNAVAILABLE.retryAfter(TAKEN);
            }
            return;
        }
        try {
            consumer.accept(event);
        } catch (RuntimeException | Error e) {
            giveBack(mark, e);
            throw e;
        }
        marks.put(mark, Map.of(STATE, DONE), REMEMBERED);
    }

    private void giveBack(String mark, Throwable failure) {
        try {
            marks.remove(mark);
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // the mark ends by itself
        }
    }
}
