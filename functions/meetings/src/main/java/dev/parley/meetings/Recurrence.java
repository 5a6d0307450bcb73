package dev.parley.meetings;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When a meeting takes place again: the part of RFC 5545's RRULE that calendars offer for meetings. {@code FREQ} is {@code DAILY},
 * {@code WEEKLY} or {@code MONTHLY}; {@code INTERVAL} 1..99; {@code BYDAY} names week days, for {@code MONTHLY} one with its place in the
 * month, as {@code 2TU} or {@code -1FR}; {@code BYMONTHDAY} a day of the month; {@code COUNT} 1..730 or {@code UNTIL}, not both. Weeks begin
 * on Monday.
 *
 * <p>Times are those of a clock on the wall of one time zone: a meeting at nine stays at nine when summer time begins. A time that the clock
 * skips is as much later as the clock skips (RFC 5545, 3.3.5); of a time that comes twice the first counts. Days that a month does not have
 * are left out.
 */
record Recurrence(
        Frequency frequency,
        int interval,
        Set<DayOfWeek> days,
        int place,
        int monthDay,
        int count,
        Optional<String> until) {
    /** Every how long. */
    enum Frequency {
        DAILY,
        WEEKLY,
        MONTHLY
    }

    private static final int MAX_INTERVAL = 99;
    private static final int MAX_COUNT = 730;
    private static final int HORIZON_YEARS = 10;
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final Map<String, DayOfWeek> DAYS = Stream.of(DayOfWeek.values())
            .collect(Collectors.toMap(day -> day.name().substring(0, 2), day -> day));

    Recurrence {
        days = days.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(days));
    }

    /**
     * Reads a rule such as {@code FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10}.
     *
     * @throws IllegalArgumentException that says what is not understood
     */
    static Recurrence parse(String rule) {
        Map<String, String> parts = new HashMap<>();
        for (String part : rule.strip().toUpperCase(Locale.ROOT).split(";", -1)) {
            String[] pair = part.split("=", -1);
            if (pair.length != 2 || parts.put(pair[0], pair[1]) != null) {
                throw new IllegalArgumentException("not NAME=value, each once: " + part);
            }
        }
        Frequency frequency = Stream.of(Frequency.values())
                .filter(one -> one.name().equals(parts.get("FREQ")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("FREQ must be DAILY, WEEKLY or MONTHLY"));
        parts.remove("FREQ");
        String dayList = parts.remove("BYDAY");
        String monthDays = parts.remove("BYMONTHDAY");
        String counted = parts.remove("COUNT");
        String last = parts.remove("UNTIL");
        int every = number("INTERVAL", parts.getOrDefault("INTERVAL", "1"), 1, MAX_INTERVAL);
        parts.remove("INTERVAL");
        if ("MO".equals(parts.get("WKST"))) {
            parts.remove("WKST");
        }
        if (!parts.isEmpty()) {
            throw new IllegalArgumentException("not supported: " + String.join(", ", parts.keySet()));
        }
        if (counted != null && last != null) {
            throw new IllegalArgumentException("COUNT and UNTIL exclude each other");
        }
        if (monthDays != null && (frequency != Frequency.MONTHLY || dayList != null)) {
            throw new IllegalArgumentException("BYMONTHDAY is for MONTHLY without BYDAY");
        }
        int place = 0;
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (dayList != null) {
            for (String word : dayList.split(",", -1)) {
                days.add(day(word));
                place = place(word);
                if ((place != 0) != (frequency == Frequency.MONTHLY)) {
                    throw new IllegalArgumentException("BYDAY of MONTHLY needs a place as 2TU, of others none");
                }
            }
            if (frequency == Frequency.MONTHLY && days.size() != 1) {
                throw new IllegalArgumentException("BYDAY of MONTHLY names one day");
            }
        }
        return new Recurrence(
                frequency,
                every,
                days,
                place,
                monthDays == null ? 0 : number("BYMONTHDAY", monthDays, 1, 31),
                counted == null ? 0 : number("COUNT", counted, 1, MAX_COUNT),
                Optional.ofNullable(last).map(Recurrence::checkedEnd));
    }

    private static int number(String name, String text, int smallest, int largest) {
        try {
            int number = Integer.parseInt(text);
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of range.
        }
        throw new IllegalArgumentException(name + " must be " + smallest + " to " + largest);
    }

    private static DayOfWeek day(String word) {
        DayOfWeek day = word.length() < 2 ? null : DAYS.get(word.substring(word.length() - 2));
        if (day == null) {
            throw new IllegalArgumentException("no day of the week: " + word);
        }
        return day;
    }

    private static int place(String word) {
        String number = word.substring(0, word.length() - 2);
        if (number.isEmpty()) {
            return 0;
        }
        int place = number("BYDAY", number, -1, 5);
        if (place == 0) {
            throw new IllegalArgumentException("BYDAY: there is no day 0");
        }
        return place;
    }

    private static String checkedEnd(String text) {
        try {
            if (text.length() == 8) {
                LocalDate.parse(text, DATE);
            } else {
                LocalDateTime.parse(text, UTC);
            }
            return text;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("UNTIL must be as 20261231 or 20261231T235959Z", e);
        }
    }

    /** The rule as a calendar takes it beside times of a zone: with its end in UTC (RFC 5545, 3.3.10). */
    String rule(ZoneId zone) {
        Optional<String> end = lastMoment(zone).map(last -> UTC.format(last.atOffset(ZoneOffset.UTC)));
        return new Recurrence(frequency, interval, days, place, monthDay, count, end).rule();
    }

    /** The rule in its shortest form. */
    String rule() {
        StringBuilder rule = new StringBuilder("FREQ=").append(frequency);
        if (interval > 1) {
            rule.append(";INTERVAL=").append(interval);
        }
        if (!days.isEmpty()) {
            rule.append(";BYDAY=")
                    .append(days.stream()
                            .sorted()
                            .map(day -> (place == 0 ? "" : Integer.toString(place))
                                    + day.name().substring(0, 2))
                            .collect(Collectors.joining(",")));
        }
        if (monthDay > 0) {
            rule.append(";BYMONTHDAY=").append(monthDay);
        }
        if (count > 0) {
            rule.append(";COUNT=").append(count);
        }
        until.ifPresent(end -> rule.append(";UNTIL=").append(end));
        return rule.toString();
    }

    /**
     * Every time the meeting takes place, in order, ten years ahead at most.
     *
     * @param from not before this; the first that fits the rule is the first of the series
     */
    Stream<Instant> starts(Instant from, ZoneId zone) {
        ZonedDateTime first = from.atZone(zone);
        LocalTime time = first.toLocalTime().truncatedTo(ChronoUnit.SECONDS);
        LocalDate horizon = first.toLocalDate().plusYears(HORIZON_YEARS);
        Predicate<Instant> inTime = end(zone);
        Stream<Instant> all = dates(first.toLocalDate(), horizon)
                .map(date -> ZonedDateTime.of(date, time, zone).toInstant())
                .filter(start -> !start.isBefore(from.truncatedTo(ChronoUnit.SECONDS)))
                .takeWhile(inTime);
        return count > 0 ? all.limit(count) : all;
    }

    private Predicate<Instant> end(ZoneId zone) {
        Optional<Instant> last = lastMoment(zone);
        return start -> last.filter(start::isAfter).isEmpty();
    }

    private Optional<Instant> lastMoment(ZoneId zone) {
        return until.map(text -> text.length() == 8
                ? LocalDate.parse(text, DATE)
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .minusSeconds(1)
                : LocalDateTime.parse(text, UTC).toInstant(ZoneOffset.UTC));
    }

    private Stream<LocalDate> dates(LocalDate first, LocalDate horizon) {
        return switch (frequency) {
            case DAILY ->
                Stream.iterate(first, date -> date.isBefore(horizon), date -> date.plusDays(interval))
                        .filter(date -> days.isEmpty() || days.contains(date.getDayOfWeek()));
            case WEEKLY -> {
                LocalDate monday = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                Set<DayOfWeek> on = days.isEmpty() ? Set.of(first.getDayOfWeek()) : days;
                yield Stream.iterate(monday, week -> week.isBefore(horizon), week -> week.plusWeeks(interval))
                        .flatMap(week -> IntStream.range(0, 7)
                                .mapToObj(week::plusDays)
                                .filter(date -> on.contains(date.getDayOfWeek())))
                        .filter(date -> !date.isBefore(first));
            }
            case MONTHLY ->
                Stream.iterate(
                                YearMonth.from(first),
                                month -> month.isBefore(YearMonth.from(horizon)),
                                month -> month.plusMonths(interval))
                        .flatMap(month -> inMonth(month, first).stream())
                        .filter(date -> !date.isBefore(first));
        };
    }

    private Optional<LocalDate> inMonth(YearMonth month, LocalDate first) {
        if (!days.isEmpty()) {
            LocalDate date = month.atDay(1)
                    .with(TemporalAdjusters.dayOfWeekInMonth(
                            place, days.iterator().next()));
            return YearMonth.from(date).equals(month) ? Optional.of(date) : Optional.empty();
        }
        int day = monthDay > 0 ? monthDay : first.getDayOfMonth();
        return month.isValidDay(day) ? Optional.of(month.atDay(day)) : Optional.empty();
    }

    /** The first times of a series after a moment. */
    List<Instant> next(Instant from, ZoneId zone, Instant after, int most) {
        return starts(from, zone)
                .filter(start -> start.isAfter(after))
                .limit(most)
                .toList();
    }

    /** The first time of a series, if there is any. */
    Optional<Instant> first(Instant from, ZoneId zone) {
        return starts(from, zone).findFirst();
    }
}
