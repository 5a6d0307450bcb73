package dev.parley.kernel;

/**
 * Where a function inside the private network leaves what must be told outside of it. What was appended is told at least once, by
 * functions that have a way out. A store that does not answer is 503 {@code store.unavailable}.
 */
public interface Outbox {
    void append(OutboxEvent event);
}
