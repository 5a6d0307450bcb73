package dev.parley.notifications.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notifications.PushServices.Answer;
import dev.parley.notifications.PushServices.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people are told in their browsers while no page of ours is open. */
@Tag("component")
class BrowsersTest extends FunctionHarness {
    private static final String POINT =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String SECRET = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String SUBSCRIPTIONS = "/notifications/subscriptions";

    private static String draft(String endpoint, String point, String secret) {
        return "{'endpoint':'%s','keys':{'p256dh':'%s','auth':'%s'}}".formatted(endpoint, point, secret);
    }

    private String subscribe(String user, String browser) {
        clock.advance(Duration.ofMillis(5));
        JsonNode reply = rest(user, "POST", SUBSCRIPTIONS, draft("https://push.example.net/" + browser, POINT, SECRET));
        assertThat(reply.path("code").asInt()).as(reply.toString()).isEqualTo(201);
        return reply.path("data").path("id").asString();
    }

    private List<String> subscribed(String user) {
        return rest(user, "GET", SUBSCRIPTIONS, null)
                .path("data")
                .path("list")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    private JsonNode log(String user, int place) {
        return rest(user, "GET", "/notifications/deliveries", null)
                .path("data")
                .path("list")
                .path(place);
    }

    @Test
    void everyBrowserIsToldAtOnce() {
        subscribe("u_ada", "laptop");
        subscribe("u_ada", "phone");
        said(DIRECT, 1, "u_grace");

        deliver();

        assertThat(browsers.shown)
                .containsExactlyInAnyOrder(
                        "u_ada laptop [Grace sent you a message] /chats/d_1",
                        "u_ada phone [Grace sent you a message] /chats/d_1");
        assertThat(log("u_ada", 0).path("channel").asString()).isEqualTo("push");
        assertThat(log("u_ada", 0).path("state").asString()).isEqualTo("delivered");
        assertThat(posted("u_ada")).isEmpty();

        clock.advance(Duration.ofMinutes(11));
        showAgain();
        deliver();
        assertThat(posted("u_ada")).as("still unread").hasSize(1);
    }

    @Test
    void aBrowserThatIsGoneIsForgotten() {
        subscribe("u_ada", "laptop");
        String phone = subscribe("u_ada", "phone");
        browsers.answers.put("laptop", new Outcome(Answer.GONE, "gone"));
        said(DIRECT, 1, "u_grace");

        deliver();

        assertThat(browsers.shown).hasSize(1);
        assertThat(subscribed("u_ada")).containsExactly(phone);
        assertThat(log("u_ada", 0).path("state").asString()).isEqualTo("delivered");
    }

    @Test
    void onlyWhoFailedIsTriedAgainUntilADayIsOver() {
        subscribe("u_ada", "laptop");
        subscribe("u_ada", "phone");
        browsers.answers.put("phone", new Outcome(Answer.LATER, "status"));
        said(DIRECT, 1, "u_grace");
        deliver();
        assertThat(browsers.shown).hasSize(1);
        JsonNode waiting = log("u_ada", 0);
        assertThat(waiting.path("state").asString()).isEqualTo("pending");
        assertThat(waiting.path("error").asString()).isEqualTo("status");
        assertThat(waiting.path("attempts").asInt()).isEqualTo(1);
        showAgain();
        deliver();
        assertThat(log("u_ada", 0).path("attempts").asInt()).as("too soon").isEqualTo(1);

        clock.advance(Duration.ofSeconds(31));
        browsers.answers.clear();
        showAgain();
        deliver();

        assertThat(browsers.shown).hasSize(2).last().asString().contains("phone");
        assertThat(log("u_ada", 0).path("state").asString()).isEqualTo("delivered");

        browsers.answers.put("laptop", new Outcome(Answer.LATER, "connect"));
        browsers.answers.put("phone", new Outcome(Answer.LATER, "connect"));
        said(DIRECT, 2, "u_grace");
        for (int hour = 0; hour < 30; hour++) {
            deliver();
            showAgain();
            clock.advance(Duration.ofHours(1));
        }
        JsonNode given = log("u_ada", 0).path("channel").asString().equals("push") ? log("u_ada", 0) : log("u_ada", 1);
        assertThat(given.path("state").asString()).isEqualTo("failed");
        assertThat(given.path("error").asString()).isEqualTo("connect");
        assertThat(given.path("attempts").asInt()).isGreaterThan(5);
    }

    @Test
    void quietHoursPushNothingAndMailItAfterwards() {
        clock.advance(Duration.between(clock.instant(), Instant.parse("2027-01-10T22:00:00Z")));
        subscribe("u_ada", "laptop");
        JsonNode chosen = rest(
                "u_ada",
                "PUT",
                "/notifications/preferences",
                "{'kinds':[{'kind':'message','channels':['in_app','push']}],"
                        + "'quiet_hours':{'from':'22:00','until':'07:00','time_zone':'UTC'}}");
        assertThat(chosen.path("code").asInt()).isEqualTo(200);
        said(DIRECT, 1, "u_grace");
        said(DIRECT, 2, "u_grace");
        assertThat(deliver()).isZero();

        clock.advance(Duration.ofHours(10));
        showAgain();
        deliver();

        assertThat(browsers.shown).isEmpty();
        assertThat(posted("u_ada")).containsExactly(List.of("Grace sent you 2 messages"));
        said(DIRECT, 3, "u_grace");
        deliver();
        assertThat(browsers.shown).as("by day").hasSize(1);
    }

    @Test
    void whoHasNoBrowserIsPushedNothing() {
        said(DIRECT, 1, "u_grace");
        deliver();
        assertThat(rest("u_ada", "GET", "/notifications/deliveries", null)
                        .path("data")
                        .path("list"))
                .isEmpty();
    }

    @Test
    void aBrowserIsOnePersons() {
        String id = subscribe("u_ada", "shared");
        assertThat(subscribe("u_ada", "shared")).isEqualTo(id);
        assertThat(subscribed("u_ada")).containsExactly(id);

        assertThat(subscribe("u_lin", "shared")).isEqualTo(id);

        assertThat(subscribed("u_ada")).isEmpty();
        assertThat(rest("u_ada", "DELETE", SUBSCRIPTIONS + "/" + id, null)
                        .path("error")
                        .asString())
                .isEqualTo("notification.no_subscription");
        assertThat(rest("u_lin", "DELETE", SUBSCRIPTIONS + "/" + id, null)
                        .path("code")
                        .asInt())
                .isEqualTo(200);
        assertThat(subscribed("u_lin")).isEmpty();
    }

    @Test
    void anAccountThatIsGoneLeavesNoBrowserBehind() {
        subscribe("u_ada", "laptop");
        happens("account.deleted", "u_ada", Map.of("user_id", "u_ada"));
        assertThat(subscribed("u_ada")).isEmpty();
        subscribe("u_lin", "laptop");
        assertThat(subscribed("u_lin")).hasSize(1);
        happens("account.banned", "u_lin", Map.of("user_id", "u_lin"));
        assertThat(subscribed("u_lin")).isEmpty();
    }

    @Test
    void theOldestOfTooManyGivesWay() {
        String first = subscribe("u_ada", "b0");
        for (int i = 1; i <= 10; i++) {
            subscribe("u_ada", "b" + i);
        }
        assertThat(subscribed("u_ada")).hasSize(10).doesNotContain(first);
    }

    @Test
    void aSubscriptionIsCheckedByField() {
        String good = "https://push.example.net/x";
        assertThat(rest("u_ada", "GET", SUBSCRIPTIONS, null)
                        .path("data")
                        .path("public_key")
                        .asString())
                .hasSize(87);
        for (String bad : List.of(
                draft("http://push.example.net/x", POINT, SECRET),
                draft("https://a:b@push.example.net/x", POINT, SECRET),
                draft("https://push.example.net/" + "x".repeat(1000), POINT, SECRET),
                draft("not an address", POINT, SECRET),
                draft(good, "AAAA", SECRET),
                draft(good, "!", SECRET),
                draft(good, POINT, "AAAA"),
                "{'endpoint':'" + good + "'}",
                "{'endpoint':'" + good + "','keys':{}}",
                "{'endpoint':'" + good + "','public_key':'another','keys':{'p256dh':'" + POINT + "','auth':'" + SECRET
                        + "'}}")) {
            assertThat(rest("u_ada", "POST", SUBSCRIPTIONS, bad).path("error").asString())
                    .as(bad)
                    .isEqualTo("request.invalid");
        }
        assertThat(rest("u_ada", "POST", SUBSCRIPTIONS, draft("https://10.0.0.1/x", POINT, SECRET))
                        .path("error")
                        .asString())
                .isEqualTo("notification.push_service");
        assertThat(subscribed("u_ada")).isEmpty();
    }
}
