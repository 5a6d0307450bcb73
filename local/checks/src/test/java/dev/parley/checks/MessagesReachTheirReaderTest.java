package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two people write to each other over the running system: packaged functions, the gateway, its sockets and its stream. */
@Tag("functions")
class MessagesReachTheirReaderTest {
    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void whatOneWritesTheOtherReadsFindsAndNobodyElse() {
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        String ana = http.register("ana_writes");
        String ben = http.register("ben_reads");
        http.register("eve_listens");
        String anas = http.login("ana_writes");
        String bens = http.login("ben_reads");
        String eves = http.login("eve_listens");

        JsonNode card = http.must("GET", API + "/users/lookup?username=BEN_reads", anas, null)
                .data();
        assertThat(card.path("user_id").asString()).isEqualTo(ben);
        assertThat(card.has("email")).isFalse();
        assertThat(http.call("GET", API + "/users/lookup?username=ben", anas, null)
                        .status())
                .isEqualTo(404);

        String id = http.must("POST", API + "/conversations", anas, "{\"kind\":\"direct\",\"user_id\":\"" + ben + "\"}")
                .data()
                .path("conversation_id")
                .asString();
        String conversation = API + "/conversations/" + id;
        try (Socket laptop = Socket.open(http, bens);
                Socket phone = Socket.open(http, bens);
                Socket hers = Socket.open(http, anas)) {
            hers.say("{\"type\":\"message\",\"id\":\"1\",\"conversation_id\":\"" + id
                    + "\",\"client_msg_id\":\"k1\",\"text\":\"Treffen im Café um 10?\"}");
            assertThat(hers.await("ack").path("seq").asLong()).isEqualTo(1);
            for (Socket his : List.of(laptop, phone)) {
                JsonNode told = his.await("message");
                assertThat(told.path("kind").asString()).isEqualTo("sent");
                assertThat(told.path("message").path("text").asString()).isEqualTo("Treffen im Café um 10?");
                assertThat(told.path("by").path("user_id").asString()).isEqualTo(ana);
                assertThat(told.path("by").path("name").asString()).isEqualTo("ana_writes");
            }
            hers.say("{\"type\":\"message\",\"id\":\"2\",\"conversation_id\":\"" + id
                    + "\",\"client_msg_id\":\"k1\",\"text\":\"Treffen im Café um 10?\"}");
            assertThat(hers.await("ack").path("seq").asLong()).as("sent again").isEqualTo(1);

            JsonNode list =
                    http.must("GET", API + "/conversations", bens, null).data().path("list");
            assertThat(list.get(0).path("unread").asInt()).isEqualTo(1);
            assertThat(list.get(0).path("peer").path("name").asString()).isEqualTo("ana_writes");
            laptop.say("{\"type\":\"receipt\",\"id\":\"1\",\"conversation_id\":\"" + id + "\",\"read\":1}");
            JsonNode receipt = phone.await("receipt");
            assertThat(receipt.path("read_seq").asLong()).isEqualTo(1);
            assertThat(receipt.path("unread").asLong(-1)).isZero();
            assertThat(hers.await("receipt").path("user_id").asString()).isEqualTo(ben);

            String since = http.must("GET", API + "/sync", bens, null)
                    .data()
                    .path("since")
                    .asString();
            http.must("PUT", conversation + "/messages/1", anas, "{\"text\":\"Treffen im Café um 11?\"}");
            assertThat(laptop.await("message").path("kind").asString()).isEqualTo("edited");
            awaitFound(http, bens, "CAFE 11", 1);
            http.must("POST", conversation + "/messages/1/reactions", bens, "{\"emoji\":\"👍\"}");
            JsonNode missed =
                    http.must("GET", API + "/sync?since=" + since, bens, null).data();
            assertThat(missed.path("changes")).hasSize(2);
            assertThat(missed.path("changes")
                            .get(1)
                            .path("message")
                            .path("reactions")
                            .get(0)
                            .path("users")
                            .get(0)
                            .asString())
                    .isEqualTo(ben);
            assertThat(found(http, eves, "cafe")).isZero();
            http.must("DELETE", conversation + "/messages/1", anas, null);
            assertThat(found(http, bens, "cafe")).isZero();
            assertThat(http.must("GET", conversation + "/messages", bens, null)
                            .data()
                            .path("list")
                            .get(0)
                            .has("text"))
                    .isFalse();
        }
        for (String path : List.of("", "/messages", "/messages/1", "/changes", "/members")) {
            assertThat(http.call("GET", conversation + path, eves, null).status())
                    .as(path)
                    .isEqualTo(404);
        }
        theAccountGoesAndItsNameWithIt(http, conversation, anas, bens);
    }

    private static void theAccountGoesAndItsNameWithIt(Http http, String conversation, String anas, String bens) {
        http.must("POST", conversation + "/messages", anas, "{\"client_msg_id\":\"k2\",\"text\":\"farewell\"}");
        http.must("DELETE", API + "/account", anas, "{\"password\":\"" + Http.PASSWORD + "\"}");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(http.must("GET", conversation + "/messages/2", bens, null)
                            .data()
                            .path("author")
                            .path("user_id")
                            .asString())
                    .isEqualTo("deleted");
            assertThat(http.call(
                                    "POST",
                                    conversation + "/messages",
                                    bens,
                                    "{\"client_msg_id\":\"k3\",\"text\":\"hello?\"}")
                            .status())
                    .isEqualTo(410);
        });
    }

    @Test
    void aMeetingsChatIsKeptAndHeardOnce() {
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        http.register("ana_meets");
        http.register("ben_meets");
        String anas = http.login("ana_meets");
        String bens = http.login("ben_meets");
        String meeting = http.must(
                        "POST", API + "/meetings", anas, "{\"title\":\"Standup\",\"meeting_type\":\"video\"}")
                .data()
                .path("meeting_id")
                .asString();
        http.must("POST", API + "/meetings/" + meeting + "/start", anas, null);
        http.must("POST", API + "/meetings/" + meeting + "/join", anas, null);
        http.must("POST", API + "/meetings/" + meeting + "/join", bens, null);
        String guest = http.must("POST", API + "/meetings/" + meeting + "/guests", null, "{\"display_name\":\"Gus\"}")
                .data()
                .path("token")
                .asString();
        http.must("POST", API + "/meetings/" + meeting + "/join", guest, null);
        try (Socket one = Socket.open(http, anas);
                Socket other = Socket.open(http, bens)) {
            for (Socket socket : List.of(one, other)) {
                socket.say("{\"type\":\"join\",\"id\":\"j\",\"room_id\":\"" + meeting + "\"}");
                socket.await("room-info");
            }
            one.say("{\"type\":\"chat\",\"id\":\"1\",\"room_id\":\"" + meeting
                    + "\",\"client_msg_id\":\"k\",\"text\":\"Can you hear me?\"}");
            assertThat(other.await("chat").path("text").asString()).isEqualTo("Can you hear me?");
            String conversation = API + "/conversations/m_" + meeting;
            http.must("POST", conversation + "/messages", guest, "{\"client_msg_id\":\"g\",\"text\":\"I can\"}");
            assertThat(other.await("chat").path("display_name").asString()).isEqualTo("Gus");
            assertThat(one.await("chat").path("seq").asLong()).isEqualTo(2);
            assertThat(http.must("GET", conversation + "/messages", guest, null)
                            .data()
                            .path("list"))
                    .hasSize(2);
            http.must("POST", API + "/meetings/" + meeting + "/end", anas, null);
            assertThat(http.must("GET", conversation + "/messages", bens, null)
                            .data()
                            .path("list"))
                    .hasSize(2);
            assertThat(http.call("GET", conversation + "/messages", guest, null).status())
                    .isBetween(401, 404);
            assertThat(other.heard("chat")).isEmpty();
        }
    }

    private static int found(Http http, String token, String question) {
        return http.must("GET", API + "/search?q=" + question.replace(" ", "%20"), token, null)
                .data()
                .path("list")
                .size();
    }

    private static void awaitFound(Http http, String token, String question, int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> found(http, token, question) == count);
    }
}
