package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimeMessageTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:15:30Z");
    private static final Mailbox FROM = Mailbox.parse("Parley <no-reply@example.org>");
    private static final String CALENDAR =
            "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:周会\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static String message(String name, String subject, Optional<Invite> invite) {
        var mail = new Mail(
                "e_1", "mail.x", new Mailbox(name, "ana@example.org"), subject, "Text – 文\n", "<p>HTML</p>\n", invite);
        return MimeMessage.of(mail, FROM, NOW, "e1");
    }

    private static List<String> headers(String message) {
        return Arrays.asList(message.substring(0, message.indexOf("\r\n\r\n")).split("\r\n(?! )"));
    }

    /** What a reader makes of encoded words, RFC 2047. */
    private static String decoded(String header) {
        Matcher word = Pattern.compile("=\\?utf-8\\?B\\?([^?]*)\\?=\\s*").matcher(header);
        return word.replaceAll(each -> Matcher.quoteReplacement(
                new String(Base64.getDecoder().decode(each.group(1)), StandardCharsets.UTF_8)));
    }

    private static String body(String part) {
        String encoded = part.substring(part.indexOf("\r\n\r\n") + 4);
        return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static List<String> parts(String message, String boundary) {
        return Arrays.stream(message.split("--" + boundary + "(--)?\r\n"))
                .skip(1)
                .collect(Collectors.toList());
    }

    @Test
    void aMailWithoutInvitationIsTextAndHtml() {
        String message = message("Ana", "Hello", Optional.empty());

        assertThat(headers(message))
                .containsExactly(
                        "From: Parley <no-reply@example.org>",
                        "To: Ana <ana@example.org>",
                        "Subject: Hello",
                        "Date: Mon, 2 Nov 2026 10:15:30 +0000",
                        "MIME-Version: 1.0",
                        "Auto-Submitted: auto-generated",
                        "Content-Type: multipart/alternative; boundary=\"either-e1\"");
        List<String> parts = parts(message, "either-e1");
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0)).startsWith("Content-Type: text/plain; charset=utf-8\r\n");
        assertThat(body(parts.get(0))).isEqualTo("Text – 文\r\n");
        assertThat(parts.get(1)).startsWith("Content-Type: text/html; charset=utf-8\r\n");
        assertThat(body(parts.get(1))).isEqualTo("<p>HTML</p>\r\n");
    }

    @Test
    void anInvitationIsAnAlternativeAndAFile() {
        String message = message("Ana", "Hello", Optional.of(Invite.of(CALENDAR)));

        assertThat(headers(message)).contains("Content-Type: multipart/mixed; boundary=\"mixed-e1\"");
        List<String> alternatives = parts(message, "either-e1");
        assertThat(alternatives.get(2)).startsWith("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n");
        String file = parts(message, "mixed-e1").get(1);
        assertThat(file)
                .startsWith("Content-Type: text/calendar; charset=utf-8; method=REQUEST; name=\"invite.ics\"\r\n"
                        + "Content-Disposition: attachment; filename=\"invite.ics\"\r\n");
        assertThat(body(file)).isEqualTo(CALENDAR);
        assertThat(message).endsWith("--mixed-e1--\r\n");
    }

    @Test
    void nothingOnTheWayHasAReasonToChangeIt() {
        String message =
                message("Ännchen von Tharau, die Ältere", "会议邀请：".repeat(40), Optional.of(Invite.of(CALENDAR)));

        assertThat(message.chars()).allMatch(character -> character < 127);
        assertThat(message.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90));
        assertThat(message.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(headers(message))
                .extracting(MimeMessageTest::decoded)
                .contains("To: Ännchen von Tharau, die Ältere<ana@example.org>", "Subject: " + "会议邀请：".repeat(40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi\r\nBcc: eve@example.org",
                "Hi\nBcc: eve@example.org",
                "Hi\r\n\r\nBody of mine",
                "=?utf-8?B?QmNj?=",
                "Eve <eve@example.org>,",
                "\"quoted\" (comment)"
            })
    void noValueBeginsAHeaderOrAnAddress(String value) {
        String message = message(value, value, Optional.empty());

        assertThat(headers(message)).hasSize(7);
        String to = headers(message).get(1);
        assertThat(to).startsWith("To: ").endsWith(" <ana@example.org>");
        assertThat(to.substring(4, to.length() - " <ana@example.org>".length()))
                .doesNotContain("<", "@", ",", "(", "\"");
        assertThat(decoded(headers(message).get(2)))
                .isEqualTo("Subject: " + value.replaceAll("\\p{Cc}+", " ").strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ana",
                "ana@",
                "@example.org",
                "ana@example.org, eve@example.org",
                "ana@example.org\r\nBcc: eve@example.org",
                "ana@exa mple.org",
                "<ana@example.org>",
                "ana@example.org>"
            })
    void anAddressIsOneAddress(String address) {
        assertThatThrownBy(() -> new Mailbox("Ana", address))
                .isInstanceOf(LetterException.class)
                .hasMessage("A mail's address is none");
    }

    @Test
    void aMailboxIsReadWithAndWithoutAName() {
        assertThat(Mailbox.parse("Parley <no-reply@example.org>"))
                .isEqualTo(new Mailbox("Parley", "no-reply@example.org"));
        assertThat(Mailbox.parse("no-reply@example.org")).isEqualTo(new Mailbox("", "no-reply@example.org"));
        assertThat(Mailbox.parse("no-reply@example.org").toString()).doesNotContain("example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "METHOD:REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", "BEGIN:VCALENDAR\r\nMETHOD:EVIL\r\n"})
    void aCalendarHasAMethod(String calendar) {
        assertThatThrownBy(() -> Invite.of(calendar)).isInstanceOf(LetterException.class);
    }
}
