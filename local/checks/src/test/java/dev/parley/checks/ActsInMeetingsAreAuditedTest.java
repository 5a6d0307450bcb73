package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a host's act to the chained log, in the system as {@code local/up} runs it: the meetings function, the stream, the identity function. */
@Tag("functions")
class ActsInMeetingsAreAuditedTest {
    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void everyActOfWhoMayActIsKeptAndNoneOfWhoMayNot() {
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        String ana = http.register("ana_audited");
        String eve = http.register("eve_audited");
        http.register("root_audited");
        String anaToken = http.login("ana_audited");
        String eveToken = http.login("eve_audited");
        String id = http.must("POST", API + "/meetings", anaToken, "{\"title\":\"Acts\",\"meeting_type\":\"video\"}")
                .data()
                .path("meeting_id")
                .asString();
        String meeting = API + "/meetings/" + id;
        http.must("POST", meeting + "/start", anaToken, null);
        http.must("POST", meeting + "/join", anaToken, null);
        http.must("POST", meeting + "/join", eveToken, null);

        assertThat(http.call("POST", meeting + "/lock", eveToken, null).status())
                .isEqualTo(403);
        assertThat(http.call("POST", meeting + "/end", eveToken, null).status()).isEqualTo(403);
        http.must("POST", meeting + "/lock", anaToken, null);
        http.must("POST", meeting + "/participants/" + eve + "/role", anaToken, "{\"role\":\"viewer\"}");
        assertThat(http.call("POST", meeting + "/participants/" + ana + "/kick", anaToken, null)
                        .status())
                .isGreaterThanOrEqualTo(400);
        http.must("POST", meeting + "/participants/" + eve + "/kick", anaToken, null);
        http.must("POST", meeting + "/end", anaToken, null);

        system.makeAdmin("root_audited");
        String admin = adminToken(http, "root_audited");
        String onEve = id + "/" + eve;
        await(
                http,
                admin,
                id,
                "meeting.lock attempted",
                "meeting.lock done",
                "meeting.end attempted",
                "meeting.end done");
        await(
                http,
                admin,
                onEve,
                "meeting.role attempted",
                "meeting.role done",
                "meeting.kick attempted",
                "meeting.kick done");
        await(http, admin, id + "/" + ana, "meeting.kick attempted", "meeting.kick failed: meeting.host_stays");
        JsonNode role = entries(http, admin, onEve).getFirst();
        assertThat(role.path("actor_id").asString()).isEqualTo(ana);
        assertThat(role.path("after").path("role").asString()).isEqualTo("viewer");
        assertThat(http.must("GET", API + "/admin/audit/verify", admin, null)
                        .data()
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    private static void await(Http http, String admin, String subject, String... expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(entries(http, admin, subject).stream()
                                .map(entry -> entry.path("act").asString() + " "
                                        + entry.path("outcome").asString()))
                        .containsExactly(expected));
    }

    /** The entries about one subject, the oldest first. */
    private static List<JsonNode> entries(Http http, String admin, String subject) {
        JsonNode list = http.must("GET", API + "/admin/audit?page_size=100&subject=" + subject, admin, null)
                .data()
                .path("list");
        return StreamSupport.stream(list.spliterator(), false).toList().reversed();
    }

    /** A token of the very second in which the role was given is refused for good. */
    private static String adminToken(Http http, String name) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> http.login(name),
                        token -> http.call("GET", API + "/admin/audit", token, null)
                                .ok());
    }
}
