package dev.parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Deadline;
import dev.parley.kernel.Errors;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(() -> 0L);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void whoIsNotFirstTriesAgain() {
        assertThat(turns.<String>take(() -> attempts.incrementAndGet() < 3 ? Optional.empty() : Optional.of("done")))
                .isEqualTo("done");
    }

    @Test
    void whoIsNeverFirstIsToldThatTooManyWrite() {
        refused("conversation.busy", () -> turns.take(this::lost));
        assertThat(attempts).hasValue(60);
    }

    @Test
    void aRequestWhoseTimeWentToOthersIsToldSoAndNotThatTheStoreIsAway() {
        Turns slow = new Turns(new Random(7));
        refused(
                "conversation.busy",
                () -> Deadline.within(
                        Duration.ofMillis(500),
                        () -> slow.take(() -> {
                            Deadline.check();
                            return lost();
                        })));
        assertThat(attempts).hasValueBetween(1, 59);
    }

    @Test
    void aStoreThatIsAwayIsSaidToBe() {
        refused(
                "store.unavailable",
                () -> Deadline.within(
                        Duration.ofMinutes(1),
                        () -> turns.take(() -> {
                            if (attempts.incrementAndGet() == 2) {
                                throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(2));
                            }
                            return Optional.empty();
                        })));
    }

    private Optional<String> lost() {
        attempts.incrementAndGet();
        return Optional.empty();
    }

    private static void refused(String code, Supplier<Object> taking) {
        assertThatThrownBy(taking::get)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
