package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.OutboxEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LettersTest {
    private static final Map<String, String> INVITATION = Map.of(
            "email", "grace@example.org",
            "name", "Ada",
            "meeting_id", "abc-defg-hij",
            "title", "Weekly",
            "starts", "2026-11-02T10:15:00Z",
            "link", "https://meet.example.org/m/abc-defg-hij");

    private final Letters letters = new Letters("https://meet.example.org/");

    private Letter write(MailKind kind, Map<String, String> data, String... changes) {
        Map<String, String> changed = new HashMap<>(data);
        for (int i = 0; i < changes.length; i += 2) {
            changed.put(changes[i], changes[i + 1]);
        }
        return letters.write(kind, new OutboxEvent("e_1", "mail." + kind.text(), "u_1", Instant.EPOCH, changed));
    }

    /** A mail is the same mail in every language. */
    @ParameterizedTest
    @EnumSource(MailKind.class)
    void everyTextIsThereInEveryLanguageWithTheSameValues(MailKind kind) {
        LetterTemplate english = letters.template(Language.ENGLISH, kind);

        for (Language language : Language.values()) {
            assertThat(letters.template(language, kind).places()).isEqualTo(english.places());
        }
    }

    @Test
    void aResetHasItsCodeAndALinkThatBringsIt() {
        Letter letter = write(
                MailKind.PASSWORD_RESET,
                Map.of("email", "a+b@example.org", "name", "Ana", "code", "7K3M-9QXA", "locale", "en-GB"));

        assertThat(letter.subject()).isEqualTo("Reset your Parley password");
        assertThat(LetterText.of(letter))
                .contains(
                        "Hello Ana,",
                        "Choose a new password:\nhttps://meet.example.org/reset-password#email=a%2Bb%40example.org&code=7K3M-9QXA\n",
                        "\n    7K3M-9QXA\n");
    }

    @ParameterizedTest
    @CsvSource({
        "en, Invitation: Weekly, 'When: Monday, 2 November 2026, 10:15 (UTC)'",
        "'', Invitation: Weekly, 'When: Monday, 2 November 2026, 10:15 (UTC)'",
        "fr, Invitation: Weekly, 'When: Monday, 2 November 2026, 10:15 (UTC)'",
        "zh-CN, 会议邀请：Weekly, 时间：2026年11月2日 星期一 10:15（UTC）",
        "zh-Hant-TW, 会议邀请：Weekly, 时间：2026年11月2日 星期一 10:15（UTC）"
    })
    void anInvitationIsInTheReadersLanguage(String locale, String subject, String when) {
        Letter letter = write(MailKind.INVITATION, INVITATION, "locale", locale);

        assertThat(letter.subject()).isEqualTo(subject);
        assertThat(LetterText.of(letter)).contains(when, "https://meet.example.org/m/abc-defg-hij");
    }

    @Test
    void aTimeIsInTheReadersZoneWhenThatIsKnown() {
        assertThat(LetterText.of(write(MailKind.INVITATION, INVITATION, "time_zone", "Asia/Shanghai")))
                .contains("Monday, 2 November 2026, 18:15 (China Time)");
        assertThat(LetterText.of(write(MailKind.INVITATION, INVITATION, "starts", "")))
                .contains("When: No fixed time");
    }

    @Test
    void whoseWebhookIsOffIsToldWhichAndWhatToDo() {
        Map<String, String> data = Map.of("name", "Ana", "url", "https://hooks.example.org/in", "webhook_id", "wh_1");
        assertThat(LetterText.of(write(MailKind.WEBHOOK_DISABLED, data)))
                .contains("Hello Ana,", "    https://hooks.example.org/in", "PUT /api/v1/webhooks/wh_1");
        assertThat(LetterText.of(write(MailKind.WEBHOOK_DISABLED, data, "locale", "zh")))
                .contains("https://hooks.example.org/in", "PUT /api/v1/webhooks/wh_1");
    }

    @Test
    void anInvitationGreetsNobodyByTheHostsName() {
        assertThat(LetterText.of(write(MailKind.INVITATION, INVITATION)))
                .startsWith("Hello,\n\nAda invites you to a meeting on Parley: Weekly\n");
        assertThat(LetterText.of(write(MailKind.INVITATION_CANCELLED, INVITATION, "locale", "zh")))
                .startsWith("您好！\n\nAda 取消了此 Parley 会议：Weekly\n");
    }

    @Test
    void whoHasNoNameIsGreetedAllTheSame() {
        assertThat(LetterText.of(write(MailKind.PASSWORD_CHANGED, Map.of("name", ""))))
                .startsWith("Hello,\n");
        assertThat(LetterText.of(write(MailKind.PASSWORD_CHANGED, Map.of(), "locale", "zh")))
                .startsWith("您好！\n");
    }

    @Test
    void whatPeopleWroteStaysText() {
        Letter letter = write(
                MailKind.INVITATION,
                INVITATION,
                "title",
                "<img src=x onerror=alert(1)> {code} `x`\r\n\r\n[Click](https://evil.example)",
                "name",
                "A\u202Eevil\u0000\"");

        String html = LetterHtml.of(letter);
        assertThat(html).contains("&lt;img src=x onerror=alert(1)&gt; {code} `x` [Click](https://evil.example)");
        assertThat(html).contains("A evil &quot; invites you").doesNotContain("<img", "\u202E", "href=\"https://evil");
        assertThat(letter.subject()).doesNotContain("\r", "\n");
        assertThat(letter.blocks()).hasSize(5);
    }

    @Test
    void whatIsTooLongIsCut() {
        Letter letter = write(MailKind.INVITATION, INVITATION, "title", "\uD83D\uDE00".repeat(400));

        assertThat(letter.subject()).isEqualTo("Invitation: " + "\uD83D\uDE00".repeat(300) + "…");
    }

    @ParameterizedTest
    @CsvSource({
        "link, javascript:alert(1), no web address",
        "link, '', no web address",
        "starts, tomorrow, time",
        "time_zone, Nowhere/City, time"
    })
    void aValueThatCannotBeIsNoLetter(String name, String value, String why) {
        assertThatThrownBy(() -> write(MailKind.INVITATION, INVITATION, name, value))
                .isInstanceOf(LetterException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aMissingValueIsNamed() {
        assertThatThrownBy(() -> write(MailKind.PASSWORD_RESET, Map.of("email", "ana@example.org")))
                .isInstanceOf(LetterException.class)
                .hasMessage("A mail needs a value for code");
    }
}
