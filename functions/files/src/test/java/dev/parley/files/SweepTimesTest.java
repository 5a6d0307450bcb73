package dev.parley.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.InMemoryEphemeral;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTimesTest {
    private final HandMovedClock clock = new HandMovedClock();
    private final SweepTimes times = new SweepTimes(new InMemoryEphemeral(clock));

    private Instant in(Duration time) {
        return clock.instant().plus(time);
    }

    private boolean due() {
        return times.take(clock.instant()).isPresent();
    }

    private void swept(Optional<Instant> next) {
        Instant taken = times.take(clock.instant()).orElseThrow();
        times.done(taken, clock.instant(), next);
    }

    @Test
    void whileNothingIsToDoItIsLookedOnceADay() {
        swept(Optional.empty());
        int looked = 0;
        for (int minute = 0; minute < 3 * 24 * 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            Optional<Instant> taken = times.take(clock.instant());
            if (taken.isPresent()) {
                looked++;
                times.done(taken.get(), clock.instant(), Optional.empty());
            }
        }
        assertThat(looked).isEqualTo(3);
    }

    @Test
    void theSoonestThatIsWantedCounts() {
        swept(Optional.of(in(Duration.ofHours(2))));
        times.wanted(in(Duration.ofMinutes(10)));
        times.wanted(in(Duration.ofMinutes(30)));
        assertThat(due()).isFalse();
        clock.advance(Duration.ofMinutes(10));
        assertThat(due()).isTrue();
        assertThat(due()).as("taken").isFalse();
    }

    @Test
    void aSweepThatDiesIsTakenUpAndWhatIsWantedMeanwhileStays() {
        assertThat(due()).isTrue();
        clock.advance(SweepTimes.CLAIM);
        Instant taken = times.take(clock.instant()).orElseThrow();
        times.wanted(in(Duration.ofMinutes(1)));
        times.done(taken, clock.instant(), Optional.of(in(Duration.ofHours(5))));
        clock.advance(Duration.ofMinutes(1));
        assertThat(due()).isTrue();
    }
}
