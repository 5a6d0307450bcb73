package dev.parley.node.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.platform.nodes.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StressMeterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final OverloadLimits LIMITS = new OverloadLimits(true, 0.70, 0.85, 0.10, 1000);
    private static final int RUNS = 2_000;

    private final Random random = new Random(20260420);
    private final StressMeter meter = new StressMeter(LIMITS, 0);
    private long nowNanos;

    private static LoadSample duty(double duty) {
        return new LoadSample(duty, duty, 0, 0, 0, 0, 0);
    }

    /** Seconds until the node lets in exactly these, with this duty. */
    private int secondsUntil(Admission wanted, double duty) {
        for (int seconds = 0; seconds <= 120; seconds++) {
            if (meter.admission() == wanted) {
                return seconds;
            }
            nowNanos += SECOND;
            meter.add(duty(duty), nowNanos);
        }
        throw new AssertionError("not " + wanted + " after two minutes at " + duty);
    }

    @ParameterizedTest
    @CsvSource({
        // busiest, mean, packets, cpu, steal, throttled, cycle ms, stress
        "0,    0,    0,    0,   0,    0,   0,   0",
        "0.6,  0.6,  0,    0,   0,    0,   0,   0.6",
        "1.0,  0.5,  0,    0,   0,    0,   0,   0.875",
        "1.0,  0.1,  0,    0,   0,    0,   0,   0.775",
        "0.1,  0.1,  0.9,  0,   0,    0,   0,   0.9",
        "0.1,  0.1,  7.0,  0,   0,    0,   0,   1",
        "0.1,  0.1,  0,    1,   0,    0,   0,   0.8",
        "0.6,  0.6,  0,    0,   0.2,  0,   0,   0.75",
        "0.6,  0.6,  0,    0,   0.1,  0.1, 0,   0.75",
        "0.3,  0.3,  0,    0,   0.9,  0.9, 900, 0.6",
        "0.6,  0.6,  0,    0,   0,    0,   20,  0.6",
        "0.6,  0.6,  0,    0,   0,    0,   200, 0.8",
        "0,    0,    0,    0,   0.9,  0.9, 900, 0",
    })
    void whatTheMachineTakesAwayMakesTheLoadWeighMore(
            double busiest,
            double mean,
            double packets,
            double cpu,
            double steal,
            double throttled,
            long millis,
            double stress) {
        LoadSample sample = new LoadSample(busiest, mean, packets, cpu, steal, throttled, millis * 1_000_000);
        assertThat(StressMeter.momentary(sample)).isCloseTo(stress, within(1e-9));
    }

    @Test
    void closesInSecondsAndReopensLaterAndLower() {
        assertThat(secondsUntil(Admission.GUARDED, 1)).isBetween(2, 4);
        assertThat(secondsUntil(Admission.FULL, 1)).isBetween(1, 3);
        // Half a minute of nothing but noise around the limit opens nothing.
        for (int i = 0; i < 30; i++) {
            nowNanos += SECOND;
            meter.add(duty(i % 2 == 0 ? 0.82 : 0.9), nowNanos);
            assertThat(meter.admission()).isEqualTo(Admission.FULL);
        }
        assertThat(secondsUntil(Admission.GUARDED, 0.65)).isBetween(3, 20);
        assertThat(secondsUntil(Admission.OPEN, 0.1)).isBetween(1, 8);
    }

    @Test
    void fallsFromFullToOpenWhenEverybodyLeaves() {
        secondsUntil(Admission.FULL, 1);
        assertThat(secondsUntil(Admission.OPEN, 0)).isBetween(2, 10);
        assertThat(meter.stress()).isLessThan(0.6);
    }

    @Test
    void oneBadSecondClosesNothing() {
        for (int i = 0; i < 60; i++) {
            nowNanos += SECOND;
            meter.add(duty(i % 15 == 14 ? 1 : 0.3), nowNanos);
            assertThat(meter.admission()).isEqualTo(Admission.OPEN);
        }
    }

    @Test
    void whoDoesNotWantRefusalsGetsTheNumberAlone() {
        StressMeter telling = new StressMeter(new OverloadLimits(false, 0.70, 0.85, 0.10, 1000), 0);
        for (int i = 1; i <= 60; i++) {
            telling.add(duty(1), i * SECOND);
            assertThat(telling.admission()).isEqualTo(Admission.OPEN);
        }
        assertThat(telling.stress()).isGreaterThan(0.99);
    }

    /** Whatever noise, as long as it is narrower than the gap: up to its state at most step by step, and then it stays. */
    @Test
    void noiseInABandNarrowerThanTheGapNeverFlaps() {
        for (int run = 0; run < RUNS; run++) {
            StressMeter one = new StressMeter(LIMITS, 0);
            double low = random.nextDouble();
            long now = 0;
            int changes = 0;
            Admission before = one.admission();
            for (int i = 0; i < 300; i++) {
                now += (long) (random.nextDouble() * 3 * SECOND);
                one.add(duty(Math.min(1, low + random.nextDouble() * 0.099)), now);
                if (one.admission() != before) {
                    changes++;
                    assertThat(one.admission()).as("run %s from %s", run, low).isGreaterThan(before);
                    before = one.admission();
                }
            }
            assertThat(changes).as("run %s from %s", run, low).isLessThanOrEqualTo(2);
        }
    }

    /** Every change of state is a crossing of the gap, however wild the input: the smoothed number bounds how many there can be. */
    @Test
    void betweenTwoChangesStressMovesByTheGapAtLeast() {
        for (int run = 0; run < RUNS; run++) {
            StressMeter one = new StressMeter(LIMITS, 0);
            long now = 0;
            Admission before = one.admission();
            double lowest = 0;
            double highest = 0;
            for (int i = 0; i < 300; i++) {
                now += SECOND;
                one.add(sample(), now);
                lowest = Math.min(lowest, one.stress());
                highest = Math.max(highest, one.stress());
                Admission after = one.admission();
                if (after.compareTo(before) < 0) {
                    // It had risen to the limit of the state it leaves, and is below that by the gap now.
                    double limit = before == Admission.FULL ? LIMITS.fullAt() : LIMITS.guardAt();
                    assertThat(highest).isGreaterThanOrEqualTo(limit);
                    assertThat(one.stress()).isLessThan(limit - LIMITS.gap() + 1e-9);
                    highest = one.stress();
                } else if (after.compareTo(before) > 0) {
                    double limit = after == Admission.FULL ? LIMITS.fullAt() : LIMITS.guardAt();
                    assertThat(one.stress()).isGreaterThanOrEqualTo(limit);
                    lowest = one.stress();
                }
                before = after;
            }
        }
    }

    @Test
    void moreOfAnythingIsNeverLessStress() {
        for (int run = 0; run < RUNS; run++) {
            StressMeter less = new StressMeter(LIMITS, 0);
            StressMeter more = new StressMeter(LIMITS, 0);
            long now = 0;
            for (int i = 0; i < 60; i++) {
                now += (long) (random.nextDouble() * 3 * SECOND);
                LoadSample sample = sample();
                less.add(sample, now);
                more.add(worse(sample), now);
                assertThat(more.stress()).isGreaterThanOrEqualTo(less.stress() - 1e-12);
                assertThat(more.admission()).isGreaterThanOrEqualTo(less.admission());
            }
        }
    }

    @Test
    void whateverHappenedItIsANumberFromZeroToOneAndRecovers() {
        for (int run = 0; run < RUNS; run++) {
            StressMeter one = new StressMeter(LIMITS, 0);
            long now = 0;
            for (int i = 0; i < 60; i++) {
                now += (long) (random.nextDouble() * 3 * SECOND);
                one.add(sample(), now);
                assertThat(one.stress()).isBetween(0.0, 1.0);
            }
            for (int i = 0; i < 10; i++) {
                now += SECOND;
                one.add(duty(0), now);
            }
            assertThat(one.admission()).isEqualTo(Admission.OPEN);
        }
    }

    @Test
    void aClockThatStandsStillChangesNothing() {
        meter.add(duty(1), 0);
        meter.add(duty(1), -SECOND);
        assertThat(meter.stress()).isZero();
    }

    private LoadSample sample() {
        double busiest = random.nextDouble();
        return new LoadSample(
                busiest,
                busiest * random.nextDouble(),
                random.nextDouble() * 1.5,
                random.nextDouble(),
                random.nextDouble() * 0.5,
                random.nextInt(4) == 0 ? random.nextDouble() : 0,
                (long) (random.nextDouble() * 300e6));
    }

    /** The same with one thing worse. */
    private LoadSample worse(LoadSample sample) {
        List<Double> values = new ArrayList<>(List.of(
                sample.busiestDuty(),
                sample.meanDuty(),
                sample.packets(),
                sample.cpu(),
                sample.steal(),
                sample.throttled(),
                (double) sample.longestCycleNanos()));
        int which = random.nextInt(values.size());
        values.set(which, values.get(which) + (which == 6 ? 50e6 : 0.2) * random.nextDouble());
        return new LoadSample(
                values.get(0),
                values.get(1),
                values.get(2),
                values.get(3),
                values.get(4),
                values.get(5),
                values.get(6).longValue());
    }

    @ParameterizedTest
    @CsvSource({"0.7, 0.6, 0.1", "0.7, 1.1, 0.1", "0.7, 0.8, 0.7", "0.7, 0.8, 0", "NaN, 0.8, 0.1"})
    void limitsThatMakeNoSenseAreRefused(double guardAt, double fullAt, double gap) {
        assertThatThrownBy(() -> new OverloadLimits(true, guardAt, fullAt, gap, 1000))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
