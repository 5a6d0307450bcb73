package dev.parley.notifications;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mail as it goes over the wire: plain text and HTML as alternatives, and an invitation both as a third, which calendars open by
 * themselves, and as the file {@code invite.ics}. Everything is ASCII in lines of 76, so that no server on the way changes it, and no
 * value can begin a header of its own.
 *
 * <p>Sources: RFC 5322 (headers), RFC 2045 to 2047 (parts, encoded words), RFC 6047 (calendars in mail), RFC 3834 (Auto-Submitted).
 */
public final class MimeMessage {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder();
    private static final Pattern PLAIN = Pattern.compile("[ -~&&[^=?_]]*");
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}+");
    /** Bytes of UTF-8 in an encoded word: with its frame in Base64, 75 characters at most. */
    private static final int WORD_BYTES = 45;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private MimeMessage() {}

    /**
     * Writes a mail.
     *
     * @param boundary between its parts: letters and digits that stand nowhere else in it, such as an event's id
     */
    public static String of(Mail mail, Mailbox from, Instant date, String boundary) {
        var message = new StringBuilder();
        header(message, "From", address(from));
        header(message, "To", address(mail.to()));
        header(message, "Subject", words(mail.subject()));
        header(message, "Date", DATE.format(date));
        header(message, "MIME-Version", "1.0");
        header(message, "Auto-Submitted", "auto-generated");
        String outer = "mixed-" + boundary;
        String inner = "either-" + boundary;
        if (mail.invite().isPresent()) {
            header(message, "Content-Type", "multipart/mixed; boundary=\"" + outer + "\"");
            message.append("\r\n--").append(outer).append("\r\n");
        }
        header(message, "Content-Type", "multipart/alternative; boundary=\"" + inner + "\"");
        message.append("\r\n");
        part(message, inner, "text/plain; charset=utf-8", List.of(), mail.text().replace("\n", "\r\n"));
        part(message, inner, "text/html; charset=utf-8", List.of(), mail.html().replace("\n", "\r\n"));
        mail.invite().ifPresent(invite -> part(message, inner, calendarType(invite), List.of(), invite.calendar()));
        message.append("--").append(inner).append("--\r\n");
        mail.invite().ifPresent(invite -> {
            message.append("\r\n");
            part(
                    message,
                    outer,
                    calendarType(invite) + "; name=\"invite.ics\"",
                    List.of("Content-Disposition: attachment; filename=\"invite.ics\""),
                    invite.calendar());
            message.append("--").append(outer).append("--\r\n");
        });
        return message.toString();
    }

    private static String calendarType(Invite invite) {
        return "text/calendar; charset=utf-8; method=" + invite.method();
    }

    private static void part(StringBuilder message, String boundary, String type, List<String> more, String content) {
        message.append("--").append(boundary).append("\r\n");
        header(message, "Content-Type", type);
        more.forEach(line -> message.append(line).append("\r\n"));
        header(message, "Content-Transfer-Encoding", "base64");
        message.append("\r\n")
                .append(LINES.encodeToString(content.getBytes(StandardCharsets.UTF_8)))
                .append("\r\n");
    }

    private static void header(StringBuilder message, String name, String value) {
        message.append(name).append(": ").append(value).append("\r\n");
    }

    private static String address(Mailbox mailbox) {
        String name = oneLine(mailbox.name());
        return name.isEmpty() ? mailbox.address() : words(name) + " <" + mailbox.address() + ">";
    }

    /** A text as a header may have it: as it is when it is short ASCII of no special meaning, else as encoded words. */
    static String words(String text) {
        String line = oneLine(text);
        boolean atoms = line.length() <= WORD_BYTES && PLAIN.matcher(line).matches() && !special(line);
        if (atoms) {
            return line;
        }
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        int bytes = 0;
        for (int codePoint : line.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > WORD_BYTES) {
                words.add(encoded(word));
                word.setLength(0);
                bytes = 0;
            }
            word.append(character);
            bytes += size;
        }
        words.add(encoded(word));
        return String.join("\r\n ", words);
    }

    /** Characters that a name must not have outside of quotes. */
    private static boolean special(String line) {
        return line.chars().anyMatch(character -> "()<>[]:;@\\,.\"".indexOf(character) >= 0);
    }

    private static String encoded(CharSequence word) {
        byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
        return "=?utf-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
    }

    private static String oneLine(String text) {
        return CONTROLS.matcher(text).replaceAll(" ").strip();
    }
}
