package dev.parley.meetings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static List<String> starts(String rule, String first, ZoneId zone, int most) {
        return Recurrence.parse(rule)
                .starts(Instant.parse(first), zone)
                .limit(most)
                .map(Instant::toString)
                .toList();
    }

    @Test
    void nineOClockStaysNineOClockWhenSummerTimeBeginsAndEnds() {
        assertThat(starts("FREQ=WEEKLY", "2026-03-23T08:00:00Z", BERLIN, 2))
                .containsExactly("2026-03-23T08:00:00Z", "2026-03-30T07:00:00Z");
        assertThat(starts("FREQ=DAILY", "2026-10-24T07:00:00Z", BERLIN, 2))
                .containsExactly("2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z");
    }

    @Test
    void aTimeThatTheClockSkipsIsLaterAndOneThatComesTwiceIsTheFirst() {
        // In New York half past two does not exist on 8 March 2026, and half past one comes twice on 1 November.
        assertThat(starts("FREQ=DAILY", "2026-03-07T07:30:00Z", NEW_YORK, 3))
                .containsExactly("2026-03-07T07:30:00Z", "2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z");
        assertThat(starts("FREQ=DAILY", "2026-10-31T05:30:00Z", NEW_YORK, 3))
                .containsExactly("2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
    }

    /** The examples of RFC 5545, 3.8.5.3, as far as they are supported, whose first time is 2 September 1997, 9:00 in New York. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=DAILY;COUNT=10                        | 10 | 1997-09-11T13:00:00Z
            FREQ=DAILY;UNTIL=19971224T000000Z          | 113 | 1997-12-23T14:00:00Z
            FREQ=DAILY;INTERVAL=10;COUNT=5             | 5 | 1997-10-12T13:00:00Z
            FREQ=WEEKLY;COUNT=10                       | 10 | 1997-11-04T14:00:00Z
            FREQ=WEEKLY;UNTIL=19971224T000000Z         | 17 | 1997-12-23T14:00:00Z
            FREQ=WEEKLY;COUNT=10;WKST=MO;BYDAY=TU,TH   | 10 | 1997-10-02T13:00:00Z
            FREQ=WEEKLY;INTERVAL=2;COUNT=8;BYDAY=TU,TH | 8 | 1997-10-16T13:00:00Z
            """)
    void theExamplesOfTheStandard(String rule, int count, String last) {
        List<String> all = starts(rule, "1997-09-02T13:00:00Z", NEW_YORK, 1000);
        assertThat(all).hasSize(count).endsWith(last);
    }

    @Test
    void monthsByPlaceAndByDay() {
        assertThat(starts("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "1997-09-05T13:00:00Z", NEW_YORK, 9))
                .containsExactly("1997-09-05T13:00:00Z", "1997-10-03T13:00:00Z", "1997-11-07T14:00:00Z");
        assertThat(starts("FREQ=MONTHLY;COUNT=2;BYDAY=-1MO", "2026-01-01T09:00:00Z", UTC, 9))
                .containsExactly("2026-01-26T09:00:00Z", "2026-02-23T09:00:00Z");
        assertThat(starts("FREQ=MONTHLY", "2026-01-31T09:00:00Z", UTC, 3))
                .containsExactly("2026-01-31T09:00:00Z", "2026-03-31T09:00:00Z", "2026-05-31T09:00:00Z");
        assertThat(starts("FREQ=MONTHLY;BYMONTHDAY=15", "2026-01-31T09:00:00Z", UTC, 1))
                .containsExactly("2026-02-15T09:00:00Z");
        assertThat(starts("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30", "2026-02-01T09:00:00Z", UTC, 1))
                .isEmpty();
    }

    @Test
    void theFirstDayThatFitsIsTheFirstOfTheSeriesAndCounts() {
        assertThat(starts("FREQ=WEEKLY;BYDAY=WE;COUNT=2", "2026-11-02T09:00:00Z", UTC, 9))
                .containsExactly("2026-11-04T09:00:00Z", "2026-11-11T09:00:00Z");
        assertThat(starts("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-11-06T09:00:00Z", UTC, 2))
                .containsExactly("2026-11-06T09:00:00Z", "2026-11-09T09:00:00Z");
        assertThat(starts("FREQ=DAILY;UNTIL=20261103", "2026-11-02T23:30:00Z", UTC, 9))
                .containsExactly("2026-11-02T23:30:00Z", "2026-11-03T23:30:00Z");
    }

    @Test
    void aRuleIsWrittenAsItWasMeant() {
        assertThat(Recurrence.parse("freq=weekly;count=3;byday=we,mo;interval=2;wkst=MO")
                        .rule())
                .isEqualTo("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=3");
        assertThat(Recurrence.parse("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231T000000Z")
                        .rule())
                .isEqualTo("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231T000000Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FREQ=YEARLY",
                "FREQ=DAILY;FREQ=DAILY",
                "FREQ=DAILY;INTERVAL=0",
                "FREQ=DAILY;INTERVAL=100",
                "FREQ=DAILY;COUNT=731",
                "FREQ=DAILY;COUNT=2;UNTIL=20271231",
                "FREQ=DAILY;UNTIL=tomorrow",
                "FREQ=DAILY;BYSETPOS=1",
                "FREQ=WEEKLY;BYDAY=2TU",
                "FREQ=WEEKLY;BYDAY=XX",
                "FREQ=WEEKLY;BYDAY=",
                "FREQ=WEEKLY;WKST=SU",
                "FREQ=WEEKLY;BYMONTHDAY=3",
                "FREQ=MONTHLY;BYDAY=TU",
                "FREQ=MONTHLY;BYDAY=0TU",
                "FREQ=MONTHLY;BYDAY=6TU",
                "FREQ=MONTHLY;BYDAY=1TU,2TU,1WE",
                "FREQ=MONTHLY;BYMONTHDAY=32",
                "FREQ",
                "="
            })
    void whatIsNotSupportedIsSaid(String rule) {
        assertThatThrownBy(() -> Recurrence.parse(rule)).isInstanceOf(IllegalArgumentException.class);
    }
}
