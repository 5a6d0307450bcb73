package dev.parley.messaging;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Lets many change one conversation: who was not first looks again and tries again, after a pause that grows and is drawn by chance. */
final class Turns {
    private static final int ATTEMPTS = 60;
    private static final int LONGEST_PAUSE_MILLIS = 120;

    private final RandomGenerator random;

    Turns(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempt empty when somebody else was first
     * @throws ApiException 503 {@code conversation.busy} when somebody else always is, or was until the request's {@link Deadline}; whatever
     *     an attempt throws
     */
    <T> T take(Supplier<Optional<T>> attempt) {
        for (int i = 1; i <= ATTEMPTS; i++) {
            Optional<T> done = attempt(attempt, i);
            if (done.isPresent()) {
                return done.get();
            }
            pause(1 + random.nextInt(Math.min(LONGEST_PAUSE_MILLIS, 4 << Math.min(i, 8))));
        }
        throw busy();
    }

    private static <T> Optional<T> attempt(Supplier<Optional<T>> attempt, int number) {
        try {
            return attempt.get();
        } catch (ApiException e) {
            // The store was there all the time, which went to others.
            throw number > 1 && Deadline.isOver() ? busy() : e;
        }
    }

    private static ApiException busy() {
        return MessagingErrors.BUSY.retryAfter(Duration.ofSeconds(1));
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }
}
