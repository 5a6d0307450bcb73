package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever reports the reference of a failure is found in the log: every function's answers and the gateway's process end up in one file. */
@Tag("functions")
class ReferencesAreLoggedTest {
    private static final Map<String, String> ONE_OF_EACH_FUNCTION = Map.of(
            "identity", "GET /api/v1/profile",
            "meetings", "POST /api/v1/meetings/abc-defg-hij/join",
            "fleet", "POST /api/v1/meetings/abc-defg-hij/media",
            "signaling", "POST /api/v1/ws-tickets");

    @Test
    void aRefusedRequestOfEveryFunctionIsInTheLogUnderItsReference() {
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        ONE_OF_EACH_FUNCTION.forEach((function, route) -> {
            String[] parts = route.split(" ");
            String body = parts[0].equals("POST") ? "{}" : null;
            Http.Reply refused = http.call(parts[0], parts[1], null, body);
            assertThat(refused.status()).as(route).isEqualTo(401);
            String reference = refused.json().path("request_id").asString();
            assertThat(reference).as(route).isNotEmpty();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(system.log().lines())
                            .filteredOn(line -> line.contains(reference))
                            .singleElement()
                            .asString()
                            .contains("\"svc\":\"" + function + "\"")
                            .contains(route + " refused: auth.required"));
        });
    }
}
