package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.Errors;
import dev.parley.local.stores.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where somebody is signed in, and signing out from elsewhere. */
@Tag("component")
class SessionsTest {
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

    private static Stores stores;

    private final Somebody ada = new Somebody(stores);
    private final ApiClient desk = ada.client.with("User-Agent", FIREFOX).from("192.0.2.1 " + ada.name);
    private final ApiClient phone = ada.client.with("User-Agent", IPHONE).from("192.0.2.2 " + ada.name);

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    private static String idOf(JsonNode session) {
        String claims = session.path("token").asString().split("\\.")[1];
        return JsonMapper.shared()
                .readTree(Base64.getUrlDecoder().decode(claims))
                .path("sid")
                .asString();
    }

    private static List<JsonNode> listed(ApiClient caller) {
        Reply reply = caller.get("/api/v1/sessions");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.data().path("total").asInt())
                .isEqualTo(reply.data().path("list").size());
        return reply.data().path("list").valueStream().toList();
    }

    @Test
    void everySessionIsListedWithWhereItIsUsed() {
        JsonNode atDesk = ada.signedIn(desk);
        ada.clock.advance(Duration.ofHours(1));
        JsonNode onPhone = ada.signedIn(phone);
        ada.clock.advance(Duration.ofMinutes(5));
        desk.from("192.0.2.77")
                .post(
                        "/api/v1/refresh-token",
                        Map.of("refresh_token", atDesk.path("refresh_token").asString()));

        List<JsonNode> list = listed(Somebody.as(phone, onPhone));

        assertThat(list).hasSize(2);
        JsonNode own = list.getFirst();
        assertThat(own.path("id").asString()).isEqualTo(idOf(onPhone));
        assertThat(own.path("current").asBoolean()).isTrue();
        assertThat(own.path("client").asString()).isEqualTo("Safari");
        assertThat(own.path("system").asString()).isEqualTo("iPhone");
        assertThat(own.path("last_seen")).isEqualTo(own.path("created_at"));
        JsonNode other = list.getLast();
        assertThat(other.path("id").asString()).isEqualTo(idOf(atDesk));
        assertThat(other.path("current").asBoolean()).isFalse();
        assertThat(other.path("client").asString()).isEqualTo("Firefox");
        assertThat(other.path("system").asString()).isEqualTo("Linux");
        assertThat(other.path("address").asString()).isEqualTo("192.0.2.77");
        assertThat(other.path("created_at").asString()).startsWith("2030-11-01T12:00:00");
        assertThat(other.path("last_seen").asString()).startsWith("2030-11-01T13:05:00");
        assertThat(other.toString()).doesNotContain("hash", "csrf", "nonce");
    }

    @Test
    void aSessionOnADeviceThatIsNewIsTold() {
        ada.signedIn(desk);
        ada.signedIn(desk.from("192.0.2.9 " + ada.name));
        assertThat(ada.told("notice.signed_in")).isEmpty();

        ada.signedIn(phone);
        ada.signedIn(phone);

        assertThat(ada.told("notice.signed_in"))
                .containsExactly(Map.of(
                        "user_id", ada.id, "client", "Safari", "system", "iPhone", "address", "192.0.2.2 " + ada.name));
    }

    @Test
    void anInvitationToTheAddressOfAnAccountIsToldWithoutTheAddress() {
        invitation("invitation.sent", "e_1", ada.email);
        invitation("invitation.sent", "e_1", ada.email);
        invitation("invitation.cancelled", "e_2", ada.email);
        invitation("invitation.sent", "e_3", "nobody@example.org");
        invitation("invitation.sent", "e_4", "");

        Map<String, String> told = Map.of("user_id", ada.id, "what", "invited", "meeting_id", "abc-defg-hij");
        assertThat(ada.told("notice.invited")).containsExactly(told);
        assertThat(ada.told("notice.uninvited")).containsExactly(told);
    }

    @Test
    void whatSomebodyMissedIsMailedToTheAddressOfTheirAccount() {
        missed(ada.id);
        missed(ada.id);
        missed("u_nobody");

        assertThat(ada.told("mail.digest"))
                .containsExactly(Map.of(
                        "user_id", ada.id,
                        "delivery_id", "dl_1",
                        "locale", "zh",
                        "line_1", "Grace",
                        "email", ada.email,
                        "name", "Ada"));
    }

    private void missed(String userId) {
        inbox("""
                {"Records":[{"eventName":"INSERT","eventSource":"aws:dynamodb","dynamodb":{"SequenceNumber":"1",
                 "Keys":{"subject":{"S":"%1$s"},"id":{"S":"e_m%1$s"}},
                 "NewImage":{"subject":{"S":"%1$s"},"id":{"S":"e_m%1$s"},"type":{"S":"notice.mail"},"at":{"N":"1793614530250"},
                   "data":{"M":{"user_id":{"S":"%1$s"},"delivery_id":{"S":"dl_1"},"locale":{"S":"zh"},"line_1":{"S":"Grace"}}}}}}]}
                """.formatted(userId));
    }

    private void invitation(String type, String id, String email) {
        inbox("""
                {"Records":[{"eventName":"INSERT","eventSource":"aws:dynamodb","dynamodb":{"SequenceNumber":"1",
                 "Keys":{"subject":{"S":"abc-defg-hij"},"id":{"S":"%2$s"}},
                 "NewImage":{"subject":{"S":"abc-defg-hij"},"id":{"S":"%2$s"},"type":{"S":"%1$s"},"at":{"N":"1793614530250"},
                   "data":{"M":{"email":{"S":"%3$s"},"what":{"S":"invited"},"meeting_id":{"S":"abc-defg-hij"}}}}}}]}
                """.formatted(type, id + ada.id, email));
    }

    private void inbox(String event) {
        JsonNode reply =
                JsonMapper.shared().readTree(ada.client.router().handle(event.getBytes(StandardCharsets.UTF_8)));
        assertThat(reply.path("batchItemFailures")).isEmpty();
    }

    @Test
    void aSessionIsEndedFromElsewhereAndItsSocketsAreTold() {
        JsonNode atDesk = ada.signedIn(desk);
        JsonNode onPhone = ada.signedIn(phone);
        ApiClient caller = Somebody.as(phone, onPhone);

        Reply ended = caller.delete("/api/v1/sessions/" + idOf(atDesk));

        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.cookies()).isEmpty();
        assertThat(ada.refresh(atDesk).error()).isEqualTo("auth.refresh_invalid");
        assertThat(listed(caller)).hasSize(1);
        assertThat(ada.told("sessions.ended")).containsExactly(Map.of("user_id", ada.id, "session_id", idOf(atDesk)));
        assertThat(caller.delete("/api/v1/sessions/" + idOf(atDesk)).error()).isEqualTo("session.not_found");
        Reply fromEnded = Somebody.as(desk, atDesk).get("/api/v1/sessions");
        assertThat(fromEnded.error()).isEqualTo("auth.invalid");
    }

    @Test
    void whoEndsTheirOwnSessionIsSignedOut() {
        JsonNode atDesk = ada.signedIn(desk);

        Reply ended = Somebody.as(desk, atDesk).delete("/api/v1/sessions/" + idOf(atDesk));

        assertThat(ended.cookies()).singleElement().asString().startsWith("parley_refresh=; ");
        assertThat(ada.refresh(atDesk).status()).isEqualTo(401);
    }

    @Test
    void somebodyElsesSessionIsNeitherListedNorEnded() {
        JsonNode hers = ada.signedIn(desk);
        Somebody mallory = new Somebody(stores);
        ApiClient caller = Somebody.as(mallory.client, mallory.signedIn(mallory.client));

        assertThat(listed(caller))
                .noneMatch(session -> session.path("id").asString().equals(idOf(hers)));
        Reply refused = caller.delete("/api/v1/sessions/" + idOf(hers));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.error()).isEqualTo("session.not_found");
        assertThat(caller.delete("/api/v1/sessions/epoch%23" + ada.id).error()).isEqualTo("session.not_found");
        assertThat(caller.delete("/api/v1/sessions/s_nothing").error()).isEqualTo("session.not_found");
        assertThat(ada.refresh(hers).status()).isEqualTo(200);
    }

    @Test
    void anEndThatFailedHalfWayIsFinishedByItsRepeat() {
        JsonNode atDesk = ada.signedIn(desk);
        JsonNode onPhone = ada.signedIn(phone);
        AtomicBoolean fails = new AtomicBoolean(true);
        ApiClient stumbling = ada.function(Map.of(), outbox -> event -> {
            if (fails.get()) {
                throw Errors.STORE_UNAVAILABLE.exception();
            }
            outbox.append(event);
        });
        ApiClient caller = Somebody.as(stumbling, onPhone);

        assertThat(caller.delete("/api/v1/sessions/" + idOf(atDesk)).error()).isEqualTo("store.unavailable");
        assertThat(ada.refresh(atDesk).status()).isEqualTo(401);
        fails.set(false);

        assertThat(caller.delete("/api/v1/sessions/" + idOf(atDesk)).status()).isEqualTo(200);
        assertThat(ada.told("sessions.ended")).hasSize(1);
    }

    @Test
    void signingOutEverywhereEndsWhatTheIndexDoesNotListYetToo() {
        JsonNode atDesk = ada.signedIn(desk);
        JsonNode onPhone = ada.signedIn(phone);

        Somebody.as(desk, atDesk).post("/api/v1/logout-all");

        assertThat(ada.refresh(atDesk).status()).isEqualTo(401);
        assertThat(ada.refresh(onPhone).status()).isEqualTo(401);
        assertThat(ada.told("sessions.ended")).containsExactly(Map.of("user_id", ada.id));
        // In the very same millisecond a new session is a new one.
        JsonNode again = ada.signedIn(desk);
        assertThat(ada.refresh(again).status()).isEqualTo(200);
        assertThat(listed(Somebody.as(desk, again))).hasSize(1);
    }
}
