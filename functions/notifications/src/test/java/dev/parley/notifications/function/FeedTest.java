package dev.parley.notifications.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** What becomes a notification, and what does not. */
@Tag("component")
class FeedTest extends FunctionHarness {
    @Test
    void tenMessagesOfOneConversationAreOneNotificationWithACount() {
        for (int seq = 1; seq <= 10; seq++) {
            said(DIRECT, seq, "u_grace");
        }
        said(GROUP, 1, "u_lin", "u_ada");

        JsonNode page = listed("u_ada");
        assertThat(shown(page))
                .containsExactly("mention mentioned 1 Lin Lunch /chats/c_1", "message received 10 Grace - /chats/d_1");
        assertThat(page.path("unread").asInt()).isEqualTo(2);
        assertThat(page.has("next")).isFalse();
        assertThat(shown(listed("u_grace"))).isEmpty();
    }

    @Test
    void anEventThatIsToldAgainCountsOnce() {
        said(DIRECT, 1, "u_grace");
        toldOf(DIRECT, 1, "u_grace");
        said(DIRECT, 2, "u_grace");
        toldOf(DIRECT, 1, "u_grace");
        toldOf(DIRECT, 2, "u_grace");

        assertThat(shown(listed("u_ada"))).containsExactly("message received 2 Grace - /chats/d_1");
    }

    @Test
    void messagesToldAtOnceAreAllCounted() throws Exception {
        IntStream.rangeClosed(1, 8).forEach(seq -> message(DIRECT, seq, "u_grace"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int seq = 1; seq <= 8; seq++) {
                int one = seq;
                calls.add(() -> {
                    toldOf(DIRECT, one, "u_grace");
                    return null;
                });
            }
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        }

        assertThat(shown(listed("u_ada"))).containsExactly("message received 8 Grace - /chats/d_1");
    }

    @Test
    void nobodyIsToldOfWhatTheyWereShownOrHaveRead() {
        socket("conn-1", "u_ada");
        said(DIRECT, 1, "u_grace");
        readUpTo(GROUP, "u_lin", 1);
        said(GROUP, 1, "u_grace", "u_lin", "u_stranger");

        assertThat(shown(listed("u_ada"))).isEmpty();
        assertThat(shown(listed("u_lin"))).isEmpty();
        assertThat(shown(listed("u_stranger"))).isEmpty();
        assertThat(push.taken()).isEmpty();
    }

    @Test
    void whatIsReadInItsConversationIsRead() {
        said(DIRECT, 1, "u_grace");
        said(DIRECT, 2, "u_grace");
        readUpTo(DIRECT, "u_ada", 1);
        assertThat(listed("u_ada").path("unread").asInt()).isEqualTo(1);

        readUpTo(DIRECT, "u_ada", 2);

        JsonNode page = listed("u_ada");
        assertThat(page.path("unread").asInt()).isZero();
        assertThat(shown(page)).containsExactly("message received 2 Grace - /chats/d_1 read");

        said(DIRECT, 3, "u_grace");
        assertThat(shown(listed("u_ada"))).containsExactly("message received 1 Grace - /chats/d_1");
    }

    @Test
    void aMessageThatWasTakenBackIsNotTold() {
        tell("000000000009", "message.sent", DIRECT, Map.of("by", "u_grace", "seq", "9"));
        put(
                Tables.STREAM,
                Map.of(
                        "stream", Items.text("CONV#" + DIRECT),
                        "seq", Items.text("000000000010"),
                        "author", Items.text("u_grace"),
                        "recalled_at", Items.number(1)));
        tell("000000000010", "message.sent", DIRECT, Map.of("by", "u_grace", "seq", "10"));

        assertThat(shown(listed("u_ada"))).isEmpty();
    }

    private static Map<String, String> invitation(String user, String what) {
        return Map.of(
                "user_id",
                user,
                "what",
                what,
                "by",
                "u_grace",
                "meeting_id",
                MEETING,
                "title",
                "Weekly",
                "starts",
                "2031-04-09T12:30:00Z");
    }

    @Test
    void whoIsInvitedHearsOfChangesAndOfTheStart() {
        socket("conn-1", "u_ada");
        happens("notice.invited", "u_ada", invitation("u_ada", "invited"));
        happens("notice.invited", "u_lin", invitation("u_lin", "invited"));
        happens("notice.invited", "u_ada", invitation("u_ada", "changed"));
        happens("notice.uninvited", "u_lin", invitation("u_lin", "cancelled"));
        happens("meeting.started", MEETING, Map.of("host_id", "u_grace", "title", "Weekly"));

        assertThat(shown(listed("u_ada")))
                .containsExactly(
                        "meeting started 1 Grace Weekly /m/abc-defg-hij",
                        "invitation changed 2 Grace Weekly /m/abc-defg-hij");
        assertThat(shown(listed("u_lin"))).containsExactly("invitation cancelled 2 Grace Weekly /");
        assertThat(shown(listed("u_grace"))).isEmpty();
        List<RecordedPush.Frame> frames = push.taken();
        assertThat(frames).extracting(RecordedPush.Frame::connectionId).containsOnly("conn-1");
        assertThat(frames)
                .extracting(frame -> frame.json().path("type").asString() + " "
                        + frame.json().path("notification").path("what").asString() + " "
                        + frame.json().path("unread").asInt())
                .containsExactly("notification invited 1", "notification changed 1", "notification started 2");
    }

    @Test
    void aFileAndWhatHappensToTheAccountAreTold() {
        happens(
                "file.notice",
                "ps_1",
                Map.of(
                        "push_id", "ps_1",
                        "name", "plan.pdf",
                        "from", "u_grace",
                        "to", "{\"u_ada\":[\"dv_1\"],\"dv_2\":[\"dv_2\"],\"u_grace\":[]}"));
        happens(
                "notice.signed_in",
                "u_ada",
                Map.of("user_id", "u_ada", "client", "Firefox", "system", "Linux", "address", "192.0.2.1"));
        happens("account.role_changed", "u_ada", Map.of("user_id", "u_ada", "role", "moderator"));
        happens(
                "mail.password_changed",
                "u_ada",
                Map.of("user_id", "u_ada", "email", "ada@example.org", "name", "Ada", "locale", "en"));

        assertThat(shown(listed("u_ada")))
                .containsExactly(
                        "account password_changed 1 - - /account",
                        "account role_changed 1 - moderator /",
                        "account signed_in 1 - Firefox, Linux, 192.0.2.1 /account",
                        "file pushed 1 Grace plan.pdf /files/received");
        assertThat(shown(listed("u_grace"))).isEmpty();
        assertThat(mails).hasSize(1);
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepeat() {
        for (int number = 0; number < 7; number++) {
            happens("account.role_changed", "u_ada", Map.of("user_id", "u_ada", "role", "role" + number));
        }
        List<String> roles = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = rest("u_ada", "GET", "/notifications?limit=3" + before, null)
                    .path("data");
            page.path("list").forEach(one -> roles.add(one.path("title").asString()));
            assertThat(page.path("unread").asInt()).isEqualTo(7);
            before = page.has("next") ? "&before=" + page.path("next").asString() : "";
            assertThat(page.path("list")).hasSizeLessThanOrEqualTo(3);
        } while (!before.isEmpty());

        assertThat(roles).containsExactly("role6", "role5", "role4", "role3", "role2", "role1", "role0");
        assertThat(rest("u_ada", "GET", "/notifications?before=x", null)
                        .path("error")
                        .asString())
                .isEqualTo("request.invalid");
    }

    @Test
    void oneIsReadAndThenAllUpToATime() {
        happens("account.role_changed", "u_ada", Map.of("user_id", "u_ada", "role", "one"));
        happens("account.role_changed", "u_ada", Map.of("user_id", "u_ada", "role", "two"));
        happens("account.role_changed", "u_ada", Map.of("user_id", "u_ada", "role", "three"));
        JsonNode list = listed("u_ada").path("list");
        socket("conn-1", "u_ada");

        String last = list.path(2).path("id").asString();
        assertThat(rest("u_ada", "POST", "/notifications/" + last + "/read", null)
                        .path("data")
                        .path("unread")
                        .asInt())
                .isEqualTo(2);
        assertThat(rest("u_ada", "POST", "/notifications/" + last + "/read", null)
                        .path("data")
                        .path("unread")
                        .asInt())
                .isEqualTo(2);
        String until = list.path(1).path("at").asString();
        assertThat(rest("u_ada", "POST", "/notifications/read", "{'until':'" + until + "'}")
                        .path("data")
                        .path("unread")
                        .asInt())
                .isEqualTo(1);
        assertThat(rest("u_ada", "POST", "/notifications/read", null)
                        .path("data")
                        .path("unread")
                        .asInt())
                .isZero();

        assertThat(push.taken())
                .extracting(frame -> frame.json().path("unread").asInt())
                .containsExactly(2, 2, 1, 0);
        assertThat(rest("u_grace", "POST", "/notifications/" + last + "/read", null)
                        .path("error")
                        .asString())
                .isEqualTo("notification.not_found");
    }

    @Test
    void whatIsOverIsNotThere() {
        said(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofDays(31));

        assertThat(shown(listed("u_ada"))).isEmpty();

        said(DIRECT, 2, "u_grace");
        assertThat(shown(listed("u_ada"))).containsExactly("message received 1 Grace - /chats/d_1");
    }

    @Test
    void ofAnAccountThatIsGoneNothingIsLeft() {
        said(DIRECT, 1, "u_grace");
        happens("account.deleted", "u_ada", Map.of("user_id", "u_ada"));

        List<Map<String, AttributeValue>> left = dynamo.call(client ->
                        client.query(query -> query.tableName(dynamo.name(Tables.NOTIFICATIONS))
                                .keyConditionExpression("user_id = :user")
                                .expressionAttributeValues(Map.of(":user", Items.text("u_ada")))))
                .items();
        assertThat(left).isEmpty();
    }

    @Test
    void aSocketThatIsGoneIsForgotten() {
        socket("conn-1", "u_ada");
        push.gone.add("conn-1");
        happens("account.role_changed", "u_ada", Map.of("user_id", "u_ada", "role", "one"));

        assertThat(dynamo.indexed(Tables.CONNECTIONS, "u_ada")).isEmpty();
    }
}
