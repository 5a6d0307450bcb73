package dev.parley.notifications;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a calendar takes from a mail.
 *
 * @param method what it asks of the calendar: {@code REQUEST}, {@code CANCEL}
 * @param calendar an iCalendar object (RFC 5545) whose METHOD is that one
 */
public record Invite(String method, String calendar) {
    private static final Pattern METHOD = Pattern.compile("(?im)^METHOD:(REQUEST|CANCEL|PUBLISH)\\s*$");

    /** @throws LetterException when the text is no iCalendar object with a method that mail knows (RFC 6047) */
    static Invite of(String calendar) {
        Matcher method = METHOD.matcher(calendar);
        if (!calendar.startsWith("BEGIN:VCALENDAR") || !method.find()) {
            throw new LetterException("A mail's calendar object has no method");
        }
        return new Invite(method.group(1).toUpperCase(Locale.ROOT), calendar);
    }
}
