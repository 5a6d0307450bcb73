package dev.parley.sfu.tracks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.rtp.rtcp.NtpTime;
import org.junit.jupiter.api.Test;

class PublisherClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long OFFSET = 1_700_000_000L * SECOND;

    private final PublisherClock clock = new PublisherClock();

    private void report(long writtenNanos, long travelNanos) {
        clock.onSenderReport(NtpTime.fromEpochNanos(writtenNanos + OFFSET), writtenNanos + travelNanos);
    }

    @Test
    void theFastestReportDecides() {
        report(SECOND, 80 * MILLI);
        report(2 * SECOND, 20 * MILLI);
        report(3 * SECOND, 150 * MILLI);
        long at = clock.nanosAt(NtpTime.fromEpochNanos(3 * SECOND + OFFSET));
        assertThat(at).isCloseTo(3 * SECOND + 20 * MILLI, within(MILLI));
    }

    @Test
    void aPathThatGetsSlowerIsFollowedAtTheRateOfDriftingClocks() {
        report(SECOND, 20 * MILLI);
        for (long second = 2; second < 602; second++) {
            report(second * SECOND, 60 * MILLI);
        }
        long at = clock.nanosAt(NtpTime.fromEpochNanos(601 * SECOND + OFFSET));
        assertThat(at).isCloseTo(601 * SECOND + 60 * MILLI, within(2 * MILLI));
    }
}
