package dev.parley.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.files.Delivery.Report;
import dev.parley.files.Delivery.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Delivery NEW =
            new Delivery("ps_1", "dv_1", "Laptop", Optional.of("u_1"), State.WAITING, 0, 1, Optional.empty(), NOW);

    private static Report report(State state, long bytes, int attempt) {
        return new Report(state, bytes, attempt, state == State.FAILED ? Optional.of("disk full") : Optional.empty());
    }

    private static Delivery told(Delivery delivery, Report report) {
        return delivery.isMovedBy(report) ? delivery.moved(report, NOW) : delivery;
    }

    @Test
    void whatComesLateChangesNothing() {
        Delivery loading = told(NEW, report(State.DOWNLOADING, 500, 1));
        assertThat(loading.isMovedBy(report(State.NOTIFIED, 0, 1))).isFalse();
        assertThat(loading.isMovedBy(report(State.DOWNLOADING, 400, 1))).isFalse();
        assertThat(loading.isMovedBy(report(State.DOWNLOADING, 500, 1))).isFalse();
        assertThat(loading.isMovedBy(report(State.DOWNLOADING, 501, 1))).isTrue();
    }

    @Test
    void whoFailedTriesAgainByTheNextAttempt() {
        Delivery failed = told(NEW, report(State.FAILED, 10, 1));
        assertThat(failed.isMovedBy(report(State.DOWNLOADING, 900, 1))).isFalse();
        Delivery again = told(failed, report(State.DOWNLOADING, 5, 2));
        assertThat(again.state()).isEqualTo(State.DOWNLOADING);
        assertThat(again.bytes()).isEqualTo(5);
        assertThat(again.reason()).isEmpty();
        assertThat(again.isMovedBy(report(State.FAILED, 10, 1))).isFalse();
    }

    @Test
    void doneIsTheEnd() {
        Delivery done = told(told(NEW, report(State.DOWNLOADING, 5, 3)), report(State.DONE, 1000, 1));
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.attempt()).isEqualTo(3);
        for (State state : State.values()) {
            assertThat(done.isMovedBy(report(state, 2000, 9))).as(state.wire()).isFalse();
        }
    }

    @Test
    void inWhateverOrderReportsComeTheEndIsTheSame() {
        List<Report> said = new ArrayList<>(List.of(
                report(State.NOTIFIED, 0, 1),
                report(State.DOWNLOADING, 100, 1),
                report(State.DOWNLOADING, 700, 1),
                report(State.FAILED, 700, 1),
                report(State.DOWNLOADING, 50, 2),
                report(State.DOWNLOADING, 60, 2)));
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Collections.shuffle(said, random);
            Delivery end = NEW;
            for (Report report : said) {
                end = told(end, report);
            }
            assertThat(end.state()).isEqualTo(State.DOWNLOADING);
            assertThat(end.bytes()).isEqualTo(60);
            assertThat(end.attempt()).isEqualTo(2);
        }
    }
}
