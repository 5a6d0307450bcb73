package dev.parley.meetings;

import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.meetings.RecurrenceDraft;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Limits;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Principal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what a client asked for into a meeting, or says which field is wrong. */
final class MeetingRules {
    private static final int MAX_TITLE = 200;
    private static final int MAX_DESCRIPTION = 2000;
    private static final int MAX_PASSWORD = 128;
    private static final int USUAL_PEOPLE = 100;
    private static final int MAX_NAME = 50;
    private static final int LAST_YEAR = 2200;
    private static final int MAX_RULE = 200;
    /** Embeddings, overrides and isolates of the Unicode bidirectional algorithm: in a name they rearrange what stands around it. */
    private static final Set<Integer> BIDI =
            Set.of(0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069);

    private final PasswordHasher passwords;
    private final Limits limits;

    MeetingRules(PasswordHasher passwords, Limits limits) {
        this.passwords = passwords;
        this.limits = limits;
    }

    Meeting create(String id, Principal host, MeetingDraft draft, Instant now) {
        Optional<Instant> start = time(draft.startTime(), MeetingErrors.START_TIME, "start_time");
        Times times = times(start, end(draft.endTime(), start), series(draft.recurrence(), start, 1));
        return new Meeting(
                id,
                title(draft.title()),
                description(draft.description()),
                host.userId(),
                host.name(),
                MeetingStatus.SCHEDULED,
                type(draft.meetingType()).orElse(MeetingType.VIDEO),
                people(draft.maxParticipants()).orElseGet(this::usualPeople),
                draft.password() == null || draft.password().isEmpty() ? Optional.empty() : hashed(draft.password()),
                settings(draft.settings(), MeetingSettings.DEFAULTS),
                times.start,
                times.end,
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                times.series,
                1);
    }

    Meeting change(Meeting before, MeetingDraft draft, Instant now) {
        Optional<Instant> start =
                time(draft.startTime(), MeetingErrors.START_TIME, "start_time").or(before::startTime);
        Optional<Instant> end = draft.endTime() == null ? shifted(before, draft, start) : end(draft.endTime(), start);
        Times times = times(start, end, series(before, draft, start));
        return new Meeting(
                before.id(),
                draft.title() == null ? before.title() : title(draft.title()),
                draft.description() == null ? before.description() : description(draft.description()),
                before.hostId(),
                before.hostName(),
                before.status(),
                type(draft.meetingType()).orElse(before.type()),
                people(draft.maxParticipants()).orElse(before.maxParticipants()),
                password(draft.password(), before.passwordHash()),
                settings(draft.settings(), before.settings()),
                times.start,
                times.end,
                before.startedAt(),
                before.endedAt(),
                before.createdAt(),
                now,
                times.series,
                before.version() + 1);
    }

    /** Of a series that is moved, the end moves with the start; else it stays, and must still be after the start. */
    private static Optional<Instant> shifted(Meeting before, MeetingDraft draft, Optional<Instant> start) {
        if (before.series().isPresent() && draft.startTime() != null) {
            return before.endTime().flatMap(end -> start.map(at -> at.plus(before.length())));
        }
        return ordered(before.endTime(), start);
    }

    private record Times(Optional<Instant> start, Optional<Instant> end, Optional<Series> series) {}

    /** A series begins on the first day that fits its rule. */
    private static Times times(Optional<Instant> start, Optional<Instant> end, Optional<Series> series) {
        if (series.isEmpty() || series.map(Series::first).equals(start)) {
            return new Times(start, end, series);
        }
        Duration later = Duration.between(start.orElseThrow(), series.get().first());
        return new Times(series.map(Series::first), end.map(at -> at.plus(later)), series);
    }

    private static Optional<Series> series(Meeting before, MeetingDraft draft, Optional<Instant> start) {
        int occurrence = before.series().map(Series::occurrence).orElse(1);
        if (draft.recurrence() != null) {
            return series(draft.recurrence(), start, occurrence);
        }
        boolean moved = draft.startTime() != null && before.series().isPresent();
        if (!moved) {
            return before.series();
        }
        Series series = before.series().get();
        return series(new RecurrenceDraft(series.rule(), series.zone().getId()), start, occurrence);
    }

    private static Optional<Series> series(RecurrenceDraft asked, Optional<Instant> start, int occurrence) {
        if (asked == null || (asked.rule() != null && asked.rule().isBlank())) {
            return Optional.empty();
        }
        try {
            if (asked.rule() == null || asked.rule().length() > MAX_RULE || start.isEmpty()) {
                throw new IllegalArgumentException("a rule and a start time are needed");
            }
            Recurrence rule = Recurrence.parse(asked.rule());
            ZoneId zone = ZoneId.of(asked.timeZone() == null ? "UTC" : asked.timeZone());
            Instant first = rule.first(start.get(), zone)
                    .orElseThrow(() -> new IllegalArgumentException("it never takes place"));
            return Optional.of(new Series(rule.rule(), zone, first, occurrence));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw MeetingErrors.RECURRENCE.exception("recurrence: " + e.getMessage(), Map.of("field", "recurrence"));
        }
    }

    /** A name to show: trimmed, 1..50 characters, none of which breaks the line or turns the writing direction round. */
    static String displayName(String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty()
                || length(name) > MAX_NAME
                || !isLine(name)
                || name.codePoints().anyMatch(BIDI::contains)) {
            throw MeetingErrors.DISPLAY_NAME.about("display_name");
        }
        return name;
    }

    private static String title(String text) {
        String title = text == null ? "" : text.strip();
        if (title.isEmpty() || length(title) > MAX_TITLE || !isLine(title)) {
            throw MeetingErrors.TITLE.about("title");
        }
        return title;
    }

    private static String description(String text) {
        String description = text == null ? "" : text.strip();
        if (length(description) > MAX_DESCRIPTION || !isStorable(description)) {
            throw MeetingErrors.DESCRIPTION.about("description");
        }
        return description;
    }

    /** Whether every store takes the text: no NUL, no half of a surrogate pair. */
    static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** Whether the text is one line. */
    static boolean isLine(String text) {
        return isStorable(text)
                && text.codePoints()
                        .map(Character::getType)
                        .noneMatch(type -> type == Character.CONTROL
                                || type == Character.LINE_SEPARATOR
                                || type == Character.PARAGRAPH_SEPARATOR);
    }

    private static Optional<MeetingType> type(String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(MeetingType.of(text).orElseThrow(() -> MeetingErrors.TYPE.about("meeting_type")));
    }

    private int usualPeople() {
        return Math.min(USUAL_PEOPLE, limits.of(Limit.MEETING_PARTICIPANTS));
    }

    private Optional<Integer> people(Integer count) {
        if (count != null && (count < 1 || count > limits.of(Limit.MEETING_PARTICIPANTS))) {
            throw MeetingErrors.MAX_PARTICIPANTS.about("max_participants");
        }
        return Optional.ofNullable(count);
    }

    private Optional<String> password(String text, Optional<String> before) {
        if (text == null) {
            return before;
        }
        return text.isEmpty() ? Optional.empty() : hashed(text);
    }

    private Optional<String> hashed(String password) {
        if (password.length() > MAX_PASSWORD || password.isBlank()) {
            throw MeetingErrors.PASSWORD_FORM.about("password");
        }
        return Optional.of(passwords.hash(password));
    }

    private static MeetingSettings settings(MeetingSettings asked, MeetingSettings base) {
        return asked == null ? base : asked.over(base);
    }

    private static Optional<Instant> time(String text, MeetingErrors error, String field) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            if (time.getYear() < 1970 || time.getYear() > LAST_YEAR) {
                throw error.about(field);
            }
            return Optional.of(time.toInstant());
        } catch (DateTimeParseException e) {
            throw error.about(field);
        }
    }

    private static Optional<Instant> end(String text, Optional<Instant> start) {
        return ordered(time(text, MeetingErrors.END_TIME, "end_time"), start);
    }

    private static Optional<Instant> ordered(Optional<Instant> end, Optional<Instant> start) {
        if (end.isPresent() && (start.isEmpty() || !end.get().isAfter(start.get()))) {
            throw MeetingErrors.END_TIME.about("end_time");
        }
        return end;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
