package dev.parley.meetings;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Meetings as iCalendar objects (RFC 5545), for people's calendars (RFC 5546). A series is written in its time zone, whose changes of
 * the clock are listed for six years, so that no calendar has to know the zone. {@code SEQUENCE} is the plan's version: a calendar takes a
 * later one for an update.
 */
public final class Calendar {
    /** What a calendar is to do with it. */
    enum Method {
        /** Read it. */
        PUBLISH,
        /** Ask its owner to come, or tell of a change. */
        REQUEST,
        /** Take it out. */
        CANCEL
    }

    private static final int MAX_LINE_BYTES = 75;
    private static final int ZONE_YEARS = 6;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private final String publicUrl;

    /** @param publicUrl where browsers open the web app */
    public Calendar(String publicUrl) {
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    /** Where a browser opens the meeting. */
    String link(Meeting meeting) {
        return publicUrl + "/m/" + meeting.id();
    }

    /**
     * A meeting with a planned time.
     *
     * @param attendee address of who is asked to come, if it is for somebody
     * @param link where that one opens it
     * @param now when this is written
     */
    String write(Meeting meeting, Method method, Optional<String> attendee, String link, Instant now) {
        Instant start = meeting.series()
                .map(Series::first)
                .or(meeting::startTime)
                .orElseThrow(MeetingErrors.NO_TIME::exception);
        List<String> lines = new ArrayList<>(List.of(
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Parley//Parley//EN",
                "CALSCALE:GREGORIAN",
                "METHOD:" + method));
        meeting.series().ifPresent(series -> zone(series.zone(), start, lines));
        lines.add("BEGIN:VEVENT");
        lines.add("UID:" + meeting.id() + "@" + host());
        lines.add("DTSTAMP:" + UTC.format(now));
        lines.add(time("DTSTART", start, meeting));
        lines.add(time("DTEND", start.plus(meeting.length()), meeting));
        meeting.series()
                .ifPresent(series ->
                        lines.add("RRULE:" + Recurrence.parse(series.rule()).rule(series.zone())));
        lines.add("SUMMARY:" + text(meeting.title()));
        String description = meeting.description().isEmpty() ? link : meeting.description() + "\n\n" + link;
        lines.add("DESCRIPTION:" + text(description));
        lines.add("LOCATION:" + text(link));
        lines.add("URL:" + link);
        lines.add("ORGANIZER;CN=" + parameter(meeting.hostName()) + ":mailto:no-reply@" + host());
        attendee.ifPresent(
                email -> lines.add("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:" + email));
        lines.add("SEQUENCE:" + meeting.version());
        lines.add("STATUS:" + (method == Method.CANCEL ? "CANCELLED" : "CONFIRMED"));
        lines.add("END:VEVENT");
        lines.add("END:VCALENDAR");
        StringBuilder calendar = new StringBuilder();
        lines.forEach(line -> fold(line, calendar));
        return calendar.toString();
    }

    private static String time(String name, Instant at, Meeting meeting) {
        return meeting.series()
                .map(series -> name + ";TZID=" + series.zone().getId() + ":" + LOCAL.format(at.atZone(series.zone())))
                .orElseGet(() -> name + ":" + UTC.format(at));
    }

    /** The zone's offset at the start, and every change of it for some years. */
    private static void zone(ZoneId zone, Instant start, List<String> lines) {
        ZoneRules rules = zone.getRules();
        lines.add("BEGIN:VTIMEZONE");
        lines.add("TZID:" + zone.getId());
        Instant last = start.atZone(zone).plusYears(ZONE_YEARS).toInstant();
        ZoneOffset before = rules.getOffset(start);
        change(rules.isDaylightSavings(start), "19700101T000000", before, before, lines);
        Instant from = start;
        while (true) {
            ZoneOffsetTransition next = rules.nextTransition(from);
            if (next == null || next.getInstant().isAfter(last)) {
                break;
            }
            change(
                    rules.isDaylightSavings(next.getInstant()),
                    LOCAL.format(next.getDateTimeBefore()),
                    next.getOffsetBefore(),
                    next.getOffsetAfter(),
                    lines);
            from = next.getInstant();
        }
        lines.add("END:VTIMEZONE");
    }

    private static void change(boolean daylight, String at, ZoneOffset from, ZoneOffset to, List<String> lines) {
        String kind = daylight ? "DAYLIGHT" : "STANDARD";
        lines.add("BEGIN:" + kind);
        lines.add("DTSTART:" + at);
        lines.add("TZOFFSETFROM:" + offset(from));
        lines.add("TZOFFSETTO:" + offset(to));
        lines.add("END:" + kind);
    }

    private static String offset(ZoneOffset offset) {
        int minutes = Math.abs(offset.getTotalSeconds()) / 60;
        return (offset.getTotalSeconds() < 0 ? "-" : "+")
                + String.format(Locale.ROOT, "%02d%02d", minutes / 60, minutes % 60);
    }

    private String host() {
        String host = URI.create(publicUrl).getHost();
        return host == null ? "localhost" : host;
    }

    /** RFC 5545, 3.3.11. */
    private static String text(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n")
                .replace("\r", "\\n");
    }

    /** A parameter's value in quotes, in which no quote and no control character may stand (RFC 5545, 3.2). */
    private static String parameter(String text) {
        StringBuilder value = new StringBuilder("\"");
        text.codePoints().filter(c -> c != '"' && !Character.isISOControl(c)).forEach(value::appendCodePoint);
        return value.append('"').toString();
    }

    /** Lines of 75 bytes at most, cut between characters; what continues begins with a space (RFC 5545, 3.1). */
    private static void fold(String line, StringBuilder into) {
        int bytes = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            int size = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > MAX_LINE_BYTES) {
                into.append("\r\n ");
                bytes = 1;
            }
            into.appendCodePoint(c);
            bytes += size;
            i += Character.charCount(c);
        }
        into.append("\r\n");
    }
}
