package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a socket that breaks to the one who looks whether its owner is there: the gateway, signaling, the stream of changes, messaging. */
@Tag("functions")
class PresenceFollowsItsSocketTest {
    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void whoseLastSocketBreaksWithoutAWordIsShownAsAway() {
        Http http = new Http(RunningSystem.shared().url());
        String ana = http.register("ana_present");
        String ben = http.register("ben_present");
        String anas = http.login("ana_present");
        String bens = http.login("ben_present");
        http.must("POST", API + "/conversations", bens, "{\"kind\":\"direct\",\"user_id\":\"" + ana + "\"}");
        try (Socket his = Socket.open(http, bens)) {
            Socket hers = Socket.open(http, anas);
            hers.say("{\"type\":\"presence\",\"id\":\"p\",\"device\":\"laptop\",\"state\":\"online\",\"every\":300}");
            assertThat(told(his, ana)).contains("online");
            hers.close();
            assertThat(told(his, ana)).contains("away");
            try (Socket again = Socket.open(http, anas)) {
                again.say(
                        "{\"type\":\"presence\",\"id\":\"p\",\"device\":\"laptop\",\"state\":\"online\",\"every\":300}");
                assertThat(told(his, ana)).contains("online");
                his.say("{\"type\":\"presence\",\"id\":\"look\",\"state\":\"online\",\"watch\":true}");
                Optional<JsonNode> seen = his.answer("look", PATIENCE);
                assertThat(seen.map(frame -> states(frame, ana).toList())).contains(List.of("online"));
                assertThat(seen.map(frame -> states(frame, ben).toList())).contains(List.of());
            }
        }
    }

    /** How a socket is told next that somebody is. */
    private static Optional<String> told(Socket socket, String userId) {
        return socket.first(frame -> states(frame, userId).findAny().isPresent(), PATIENCE)
                .flatMap(frame -> states(frame, userId).findFirst());
    }

    private static Stream<String> states(JsonNode frame, String userId) {
        return frame.path("people")
                .valueStream()
                .filter(one -> one.path("user_id").asString().equals(userId))
                .map(one -> one.path("state").asString());
    }
}
