package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    private static QuietHours hours(String from, String until, String zone) {
        return new QuietHours(LocalTime.parse(from), LocalTime.parse(until), ZoneId.of(zone));
    }

    @ParameterizedTest
    @CsvSource({
        // In winter Berlin is an hour ahead, Shanghai always eight.
        "22:00, 07:00, Europe/Berlin, 2026-01-10T20:59:59Z, ''",
        "22:00, 07:00, Europe/Berlin, 2026-01-10T21:00:00Z, 2026-01-11T06:00:00Z",
        "22:00, 07:00, Europe/Berlin, 2026-01-11T05:59:59Z, 2026-01-11T06:00:00Z",
        "22:00, 07:00, Europe/Berlin, 2026-01-11T06:00:00Z, ''",
        "12:00, 13:30, Asia/Shanghai, 2026-01-10T04:00:00Z, 2026-01-10T05:30:00Z",
        "12:00, 13:30, Asia/Shanghai, 2026-01-10T05:30:00Z, ''",
        "00:00, 08:00, UTC, 2026-01-10T00:00:00Z, 2026-01-10T08:00:00Z",
        "20:00, 00:00, UTC, 2026-01-10T23:59:59Z, 2026-01-11T00:00:00Z",
        // The night in which the clock is put forward is an hour shorter, the other one an hour longer.
        "22:00, 07:00, Europe/Berlin, 2026-03-28T21:30:00Z, 2026-03-29T05:00:00Z",
        "22:00, 07:00, Europe/Berlin, 2026-10-24T21:30:00Z, 2026-10-25T06:00:00Z",
        // 02:30 is not there that night: what begins then begins at 03:30.
        "02:30, 06:00, Europe/Berlin, 2026-03-29T01:15:00Z, ''",
        "02:30, 06:00, Europe/Berlin, 2026-03-29T01:30:00Z, 2026-03-29T04:00:00Z",
    })
    void aMomentIsInThemOrNot(String from, String until, String zone, String moment, String end) {
        assertThat(hours(from, until, zone).endOf(Instant.parse(moment)))
                .isEqualTo(end.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(end)));
    }

    @Test
    void thoseThatNeverEndAreNone() {
        assertThatThrownBy(() -> hours("22:00", "22:00", "UTC")).isInstanceOf(IllegalArgumentException.class);
    }
}
