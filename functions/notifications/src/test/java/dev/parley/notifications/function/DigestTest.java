package dev.parley.notifications.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people are told by mail: once, of what is unread, and not at night. */
@Tag("component")
class DigestTest extends FunctionHarness {
    private void choose(String user, String preferences) {
        JsonNode reply = rest(user, "PUT", "/notifications/preferences", preferences);
        assertThat(reply.path("code").asInt()).as(reply.toString()).isEqualTo(200);
    }

    private List<String> delivered(String user) {
        return rest(user, "GET", "/notifications/deliveries", null)
                .path("data")
                .path("list")
                .valueStream()
                .map(one ->
                        one.path("channel").asString() + " " + one.path("state").asString() + " "
                                + one.path("notification_ids").size())
                .toList();
    }

    @Test
    void whatIsUnreadAfterAWhileIsOneMail() {
        said(DIRECT, 1, "u_grace");
        said(DIRECT, 2, "u_grace");
        said(GROUP, 1, "u_lin", "u_ada");
        assertThat(deliver()).isZero();
        assertThat(posted("u_ada")).isEmpty();

        clock.advance(Duration.ofMinutes(11));
        showAgain();
        assertThat(deliver()).isEqualTo(1);

        assertThat(posted("u_ada")).containsExactly(List.of("Grace sent you 2 messages", "Lin mentioned you in Lunch"));
        assertThat(delivered("u_ada")).containsExactly("mail sent 2");
        said(DIRECT, 3, "u_grace");
        clock.advance(Duration.ofMinutes(11));
        assertThat(deliver()).isEqualTo(1);
        assertThat(posted("u_ada")).hasSize(2);
    }

    @Test
    void whatWasReadMeanwhileIsNotMailed() {
        said(DIRECT, 1, "u_grace");
        said(GROUP, 1, "u_lin", "u_ada");
        readUpTo(DIRECT, "u_ada", 1);
        rest("u_ada", "POST", "/notifications/read", null);
        clock.advance(Duration.ofMinutes(11));

        assertThat(deliver()).isEqualTo(1);

        assertThat(posted("u_ada")).isEmpty();
        assertThat(delivered("u_ada")).containsExactly("mail skipped 2");
    }

    @Test
    void anEventThatIsToldAgainIsMailedOnce() {
        said(DIRECT, 1, "u_grace");
        toldOf(DIRECT, 1, "u_grace");
        toldOf(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofMinutes(11));

        assertThat(deliver()).isEqualTo(3);

        assertThat(posted("u_ada")).containsExactly(List.of("Grace sent you a message"));
    }

    @Test
    void whatTheQueueLostIsQueuedWithWhatComesNext() {
        said(DIRECT, 1, "u_grace");
        lose();
        clock.advance(Duration.ofHours(2));
        assertThat(deliver()).isZero();
        said(GROUP, 1, "u_lin", "u_ada");

        assertThat(deliver()).isEqualTo(1);

        assertThat(posted("u_ada")).containsExactly(List.of("Grace sent you a message", "Lin mentioned you in Lunch"));
    }

    @Test
    void quietHoursHoldBackAndLoseNothing() {
        clock.advance(Duration.between(clock.instant(), Instant.parse("2027-01-10T20:00:00Z")));
        choose("u_ada", "{'quiet_hours':{'from':'22:00','until':'07:00','time_zone':'Europe/Berlin'},'language':'zh'}");
        said(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofHours(2));
        said(GROUP, 1, "u_lin", "u_ada");
        assertThat(deliver()).isZero();
        clock.advance(Duration.ofHours(7));
        showAgain();
        assertThat(deliver()).isZero();
        assertThat(posted("u_ada")).isEmpty();

        clock.advance(Duration.ofHours(2));
        showAgain();
        assertThat(deliver()).as("queued twice").isEqualTo(2);

        assertThat(posted("u_ada")).containsExactly(List.of("Grace 给您发了一条消息", "Lin 在 Lunch 中提到了您"));
    }

    @Test
    void whoWantsNoMailGetsNoneAndWhoWantsNothingInTheAppStillGetsMail() {
        choose("u_ada", "{'kinds':[{'kind':'message','channels':['in_app']}]}");
        choose("u_lin", "{'kinds':[{'kind':'mention','channels':['mail']}]}");
        said(DIRECT, 1, "u_grace");
        said(GROUP, 1, "u_grace", "u_lin");
        clock.advance(Duration.ofMinutes(11));
        assertThat(deliver()).isEqualTo(1);

        assertThat(posted("u_ada")).isEmpty();
        assertThat(shown(listed("u_ada"))).hasSize(1);
        assertThat(posted("u_lin")).containsExactly(List.of("Grace mentioned you in Lunch"));
        assertThat(shown(listed("u_lin"))).isEmpty();
        assertThat(listed("u_lin").path("unread").asInt()).isZero();
    }

    @Test
    void whatHasALetterOfItsOwnIsNotMailedTwice() {
        happens(
                "mail.password_changed",
                "u_ada",
                Map.of("user_id", "u_ada", "email", "ada@example.org", "name", "Ada", "locale", "en"));
        happens("notice.invited", "u_ada", Map.of("user_id", "u_ada", "meeting_id", MEETING, "title", "Weekly"));
        clock.advance(Duration.ofMinutes(11));

        assertThat(deliver()).isZero();
        assertThat(mails).hasSize(1);
        assertThat(shown(listed("u_ada"))).hasSize(2);
    }

    @Test
    void aDeliveryIsToldAgainWhenItsReaderAsks() {
        said(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofMinutes(11));
        deliver();
        String id = rest("u_ada", "GET", "/notifications/deliveries", null)
                .path("data")
                .path("list")
                .path(0)
                .path("id")
                .asString();
        readUpTo(DIRECT, "u_ada", 1);
        clock.advance(Duration.ofSeconds(1));

        String replay = "/notifications/deliveries/" + id + "/replay";
        assertThat(rest("u_ada", "POST", replay, null).path("code").asInt()).isEqualTo(202);
        assertThat(rest("u_ada", "POST", replay, null).path("error").asString()).isEqualTo("notification.pending");
        assertThat(rest("u_grace", "POST", replay, null).path("error").asString())
                .isEqualTo("notification.no_delivery");
        deliver();

        assertThat(posted("u_ada")).hasSize(2).containsOnly(List.of("Grace sent you a message"));
        assertThat(delivered("u_ada")).containsExactly("mail sent 1");
    }

    @Test
    void theLogSaysWhatBecameOfTheMail() {
        said(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofMinutes(11));
        deliver();
        JsonNode sent = rest("u_ada", "GET", "/notifications/deliveries", null)
                .path("data")
                .path("list")
                .path(0);
        Map<String, String> digest = Map.of(
                "user_id", "u_ada",
                "delivery_id", sent.path("id").asString(),
                "email", "ada@example.org",
                "name", "Ada",
                "locale", "en",
                "line_1", "Grace sent you a message");
        mailsFail = true;
        assertThat(attempt("e_digest", "mail.digest", "u_ada", digest)).isFalse();
        JsonNode missed = rest("u_ada", "GET", "/notifications/deliveries", null)
                .path("data")
                .path("list")
                .path(0);
        assertThat(missed.path("state").asString()).isEqualTo("sent");
        assertThat(missed.path("error").asString()).isEqualTo("mail");
        assertThat(missed.path("attempts").asInt()).isEqualTo(1);

        mailsFail = false;
        tell("e_digest", "mail.digest", "u_ada", digest);
        tell("e_digest", "mail.digest", "u_ada", digest);

        assertThat(mails).hasSize(1);
        assertThat(mails.getFirst().text()).contains("Hello Ada,", "- Grace sent you a message");
        assertThat(mails.getFirst().html()).contains("<li>Grace sent you a message</li>");
        assertThat(delivered("u_ada")).containsExactly("mail delivered 1");
    }

    @Test
    void whatIsTooMuchForOneMailIsInTheNext() {
        for (int i = 0; i < 103; i++) {
            happens(
                    "file.notice",
                    "f_" + i,
                    Map.of("push_id", "ps_" + i, "name", "plan " + i, "from", "u_grace", "to", "{\"u_ada\":[]}"));
        }
        clock.advance(Duration.ofMinutes(11));

        assertThat(deliver()).isEqualTo(2);

        assertThat(posted("u_ada").stream().map(List::size).toList()).containsExactlyInAnyOrder(100, 3);
    }

    @Test
    void choicesAreKeptWholeAndRefusedByField() {
        JsonNode usual =
                rest("u_ada", "GET", "/notifications/preferences", null).path("data");
        assertThat(usual.path("kinds")).hasSize(6);
        assertThat(usual.has("quiet_hours")).isFalse();
        assertThat(usual.path("language").asString()).isEqualTo("en");
        choose(
                "u_ada",
                "{'kinds':[{'kind':'account','channels':[]},{'kind':'message','channels':[]}],"
                        + "'quiet_hours':{'from':'22:00','until':'07:00','time_zone':'Asia/Shanghai'},'language':'zh'}");

        JsonNode chosen =
                rest("u_ada", "GET", "/notifications/preferences", null).path("data");
        assertThat(chosen.path("kinds")
                        .valueStream()
                        .map(one -> one.path("kind").asString() + one.path("channels"))
                        .toList())
                .containsExactly(
                        "message[]",
                        "mention[\"in_app\",\"mail\",\"push\"]",
                        "invitation[\"in_app\",\"push\"]",
                        "meeting[\"in_app\",\"push\"]",
                        "file[\"in_app\",\"mail\",\"push\"]",
                        "account[\"in_app\"]");
        assertThat(chosen.path("quiet_hours").path("time_zone").asString()).isEqualTo("Asia/Shanghai");
        said(DIRECT, 1, "u_grace");
        assertThat(shown(listed("u_ada"))).isEmpty();

        for (String bad : List.of(
                "{'kinds':[{'kind':'dreams','channels':[]}]}",
                "{'kinds':[{'kind':'message','channels':['pigeon']}]}",
                "{'kinds':[{'kind':'invitation','channels':['mail']}]}",
                "{'kinds':[{'kind':'file','channels':[]},{'kind':'file','channels':[]}]}",
                "{'kinds':[null]}",
                "{'language':'tlh'}",
                "{'quiet_hours':{'from':'22:00','until':'22:00','time_zone':'UTC'}}",
                "{'quiet_hours':{'from':'22:00','until':'07:00'}}",
                "{'quiet_hours':{'from':'late','until':'07:00','time_zone':'UTC'}}")) {
            assertThat(rest("u_ada", "PUT", "/notifications/preferences", bad)
                            .path("error")
                            .asString())
                    .as(bad)
                    .isEqualTo("request.invalid");
        }
        assertThat(rest("u_ada", "GET", "/notifications/preferences", null).path("data"))
                .isEqualTo(chosen);
    }
}
