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

    @Test
    void whatHostsDoWithBreakoutRoomsAndOnWhoWaitsIsKeptAndWherePeopleGoByThemselvesIsNot() {
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        String una = http.register("una_audited");
        String ian = http.register("ian_audited");
        String joe = http.register("joe_audited");
        http.register("rex_audited");
        String unas = http.login("una_audited");
        String ians = http.login("ian_audited");
        String joes = http.login("joe_audited");
        String id = http.must("POST", API + "/meetings", unas, "{\"title\":\"Rooms\"}")
                .data()
                .path("meeting_id")
                .asString();
        String meeting = API + "/meetings/" + id;
        http.must("POST", meeting + "/start", unas, null);
        http.must("POST", meeting + "/join", unas, null);
        http.must("POST", meeting + "/join", ians, null);

        String rooms = "{\"rooms\":[{\"name\":\"One\",\"people\":[\"" + ian + "\"]}]}";
        assertThat(http.call("POST", meeting + "/breakouts", ians, rooms).status())
                .isEqualTo(403);
        String one = http.must("POST", meeting + "/breakouts", unas, rooms)
                .data()
                .path("rooms")
                .get(0)
                .path("id")
                .asString();
        http.must("POST", meeting + "/breakouts/" + one + "/leave", ians, null);
        http.must("POST", meeting + "/breakouts/" + one + "/enter", ians, null);
        http.must("PUT", meeting + "/breakouts/assignments", unas, "{\"assignments\":[{\"who\":\"" + ian + "\"}]}");
        http.must("POST", meeting + "/breakouts/announcements", unas, "{\"text\":\"A secret\"}");
        http.must("DELETE", meeting + "/breakouts", unas, null);
        http.must("PUT", meeting, unas, "{\"settings\":{\"require_approval\":true}}");
        http.must("POST", meeting + "/join", joes, null);
        http.must("POST", meeting + "/participants/" + joe + "/deny", unas, null);
        http.must("POST", meeting + "/participants/" + ian + "/mute", unas, null);
        http.must("POST", meeting + "/participants/" + ian + "/unmute-request", unas, null);
        http.must("POST", meeting + "/mute-all", unas, null);

        system.makeAdmin("rex_audited");
        String admin = adminToken(http, "rex_audited");
        await(
                http,
                admin,
                id,
                "meeting.breakouts-open attempted",
                "meeting.breakouts-open done",
                "meeting.breakouts-assign attempted",
                "meeting.breakouts-assign done",
                "meeting.announce attempted",
                "meeting.announce done",
                "meeting.breakouts-close attempted",
                "meeting.breakouts-close done",
                "meeting.mute-all attempted",
                "meeting.mute-all done");
        await(http, admin, id + "/" + joe, "meeting.deny attempted", "meeting.deny done");
        await(
                http,
                admin,
                id + "/" + ian,
                "meeting.mute attempted",
                "meeting.mute done",
                "meeting.unmute-request attempted",
                "meeting.unmute-request done");
        List<JsonNode> acts = entries(http, admin, id);
        assertThat(acts)
                .allSatisfy(
                        entry -> assertThat(entry.path("actor_id").asString()).isEqualTo(una));
        assertThat(acts.getFirst().path("after").path("rooms").asString()).isEqualTo("1");
        assertThat(acts.toString()).doesNotContain("A secret");
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
