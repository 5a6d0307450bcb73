package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoOutbox;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * From the outbox to a reader's eyes, in the system as {@code local/up} runs it: the table's stream, the mapping of the template, the
 * packaged function, the local mail page.
 */
@Tag("functions")
class MailReachesItsReaderTest {
    private static final String CALENDAR =
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }

    private static OutboxEvent event(String id, String type, String subject, Map<String, String> data) {
        return new OutboxEvent(id, type, subject, Instant.now(), data);
    }

    private static OutboxEvent reset(String id, String subject, String email) {
        return event(
                id,
                "mail.password_reset",
                subject,
                Map.of("email", email, "name", "Ana", "code", "7K3M-9QXA", "locale", "en"));
    }

    private static JsonNode mailTo(Http http, String address) {
        return http.must("GET", "/local/mail.json?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8), null, null)
                .json();
    }

    @Test
    void whatIsAppendedIsReadOnceInTheReadersLanguageWhateverIsPoisonedBesideIt() {
        try (RunningSystem system = RunningSystem.start();
                Dynamo dynamo = Dynamo.of(Settings.of(system.values()))) {
            Http http = new Http(system.url());
            Http internal = new Http(system.internalUrl());
            DynamoOutbox outbox = new DynamoOutbox(dynamo);

            outbox.append(event("e_nobody", "mail.password_reset", "u_nobody", Map.of("code", "7K3M-9QXA")));
            outbox.append(event("e_else", "account.banned", "u_eve", Map.of("user_id", "u_eve")));
            outbox.append(reset("e_reset", "u_ana", "ana@example.org"));
            outbox.append(event(
                    "e_invite",
                    "mail.invitation",
                    "abc-defg-hij",
                    Map.of(
                            "email", "li@example.org",
                            "name", "李雷",
                            "meeting_id", "abc-defg-hij",
                            "title", "周会 <b>",
                            "starts", "2026-12-01T09:00:00Z",
                            "link", "https://meet.example.org/m/abc-defg-hij",
                            "ics", CALENDAR,
                            "locale", "zh-CN")));

            await().untilAsserted(
                            () -> assertThat(mailTo(http, "li@example.org")).hasSize(1));
            await().untilAsserted(
                            () -> assertThat(mailTo(http, "ana@example.org")).hasSize(1));
            JsonNode reset = mailTo(http, "ana@example.org").path(0);
            assertThat(reset.path("subject").asString()).isEqualTo("Reset your Parley password");
            assertThat(reset.path("text").asString()).contains("Hello Ana,", "7K3M-9QXA");
            assertThat(reset.path("links").path(0).asString())
                    .isEqualTo(system.url() + "/reset-password#email=ana%40example.org&code=7K3M-9QXA");
            JsonNode invitation = mailTo(http, "li@example.org").path(0);
            assertThat(invitation.path("subject").asString()).isEqualTo("会议邀请：周会 <b>");
            assertThat(invitation.path("text").asString()).contains("您好！", "李雷 邀请您参加", "2026年12月1日", "abc-defg-hij");
            assertThat(invitation.path("calendar").asString()).isEqualTo(CALENDAR);
            String shown = http.must(
                            "GET", "/local/mail/" + invitation.path("id").asString() + "/html", null, null)
                    .body();
            assertThat(shown).contains("周会 &lt;b&gt;").doesNotContain("<b>");

            toldAgain(dynamo, outbox);
            outbox.append(reset("e_last", "u_ana", "last@example.org"));
            await().untilAsserted(
                            () -> assertThat(mailTo(http, "last@example.org")).hasSize(1));
            assertThat(mailTo(http, "ana@example.org")).hasSize(1);

            await().untilAsserted(() -> assertThat(
                            internal.must("GET", "/dead-letters", null, null).json())
                    .hasSize(1));
            JsonNode letter =
                    internal.must("GET", "/dead-letters", null, null).json().path(0);
            assertThat(letter.path("function").asString()).isEqualTo("Notifications");
            assertThat(letter.path("records").path(0).path("id").path("S").asString())
                    .isEqualTo("e_nobody");
            assertThat(internal.call(
                                    "POST", "/dead-letters/" + letter.path("id").asString() + "/replay", null, null)
                            .status())
                    .isEqualTo(409);
            assertSaysNothingSecret(system.log());
        }
    }

    /** The same event comes out of the stream a second time, as it does when a batch is handed over again. */
    private static void toldAgain(Dynamo dynamo, DynamoOutbox outbox) {
        dynamo.client()
                .deleteItem(delete -> delete.tableName(dynamo.name(Tables.OUTBOX))
                        .key(Map.of("subject", Items.text("u_ana"), "id", Items.text("e_reset"))));
        outbox.append(reset("e_reset", "u_ana", "ana@example.org"));
    }

    private static void assertSaysNothingSecret(String log) {
        assertThat(log).contains("mail.password_reset was sent", "e_reset", "e_nobody");
        for (String secret : List.of("7K3M-9QXA", "ana@example.org", "li@example.org", "李雷")) {
            assertThat(log).doesNotContain(secret);
        }
    }
}
