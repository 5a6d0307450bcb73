package dev.parley.kernel;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Until when a store may be asked on behalf of the request at hand. A function that runs out of time is cut off without a word; one whose
 * stores are slow says so itself, while there is still time to be heard. Holds for the thread that serves the request.
 */
public final class Deadline {
    private static final ScopedValue<Long> UNTIL_NANOS = ScopedValue.newInstance();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Deadline() {}

    /** Does the work of one request. @param time after which no store is asked any more */
    public static <R> R within(Duration time, Supplier<R> work) {
        return ScopedValue.where(UNTIL_NANOS, System.nanoTime() + time.toNanos())
                .call(work::get);
    }

    /** Whether the time of the request at hand is over. */
    public static boolean isOver() {
        return UNTIL_NANOS.isBound() && System.nanoTime() - UNTIL_NANOS.get() > 0;
    }

    /** Called before a store is asked. @throws ApiException 503 {@code store.unavailable} when the time is over */
    public static void check() {
        if (isOver()) {
            throw Errors.STORE_UNAVAILABLE.retryAfter(RETRY_AFTER);
        }
    }
}
