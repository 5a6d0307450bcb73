package dev.parley.meetings.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.function.RestCaller.Reply;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Series, invitations, roles and polls through the routes, on the real stores. */
@Tag("component")
class InvitationsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static Stores stores;
    private static Settings settings;
    private static RestCaller rest;
    private static JwtIssuer<AccessClaims> tokens;

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", "http://localhost:8800");
        values.put("WS_URL", "ws://localhost:8800/ws/signaling");
        values.put("RATE_LIMITS", "off");
        settings = Settings.of(values);
        tokens = JwtIssuer.access(KeyFolder.of(settings).load(KeyFolder.Name.ACCESS), CLOCK);
        rest = new RestCaller(MeetingsFunction.router(settings, CLOCK));
    }

    @AfterAll
    static void stop() {
        if (stores != null) {
            stores.close();
        }
    }

    private static String user(String id) {
        return tokens.issue(Audience.API, AccessClaims.user(id, "s_" + id, 0, Role.USER, "Name of " + id))
                .token();
    }

    private static Reply call(String method, String path, String who, Object body) {
        return rest.call(method, "/api/v1/meetings" + path, user(who), body);
    }

    private static List<Map<String, AttributeValue>> told(String meetingId) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            return dynamo.client()
                    .query(query -> query.tableName(dynamo.name(Tables.OUTBOX))
                            .keyConditionExpression("subject = :meeting")
                            .expressionAttributeValues(Map.of(":meeting", Items.text(meetingId))))
                    .items();
        }
    }

    @Test
    void aSeriesIsInvitedToHeldAndHeldAgain() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> draft = Map.of(
                "title",
                "Weekly",
                "start_time",
                start.toString(),
                "end_time",
                start.plusSeconds(1800).toString(),
                "settings",
                Map.of("require_approval", true),
                "recurrence",
                Map.of("rule", "FREQ=WEEKLY;COUNT=2", "time_zone", "Europe/Berlin"));
        Reply created = call("POST", "", "u_sh", draft);
        assertThat(created.status()).isEqualTo(201);
        String id = created.data().path("meeting_id").asString();
        assertThat(created.data().path("recurrence").path("next")).hasSize(1);

        Reply invited = call("POST", "/" + id + "/invitations", "u_sh", Map.of("emails", List.of("a@example.org")));
        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.body().toString()).doesNotContain("key");
        call("POST", "/" + id + "/invitations", "u_sh", Map.of("emails", List.of("a@example.org")));
        List<Map<String, AttributeValue>> mails = told(id);
        assertThat(mails).hasSize(1);
        Map<String, String> mail = Items.textMap(mails.getFirst(), "data");
        assertThat(mail.get("ics")).contains("RRULE:FREQ=WEEKLY;COUNT=2");
        String key = mail.get("link").split("\\?i=")[1];
        assertThat(call("GET", "/" + id + "/invitations", "u_other", null).error())
                .isEqualTo("meeting.not_host");

        assertThat(call("POST", "/" + id + "/join", "u_sh", null).status()).isEqualTo(200);
        assertThat(call("POST", "/" + id + "/join", "u_late", null).status()).isEqualTo(202);
        assertThat(call("POST", "/" + id + "/join", "u_sa", Map.of("invitation", key))
                        .status())
                .isEqualTo(200);
        assertThat(call("POST", "/" + id + "/join", "u_thief", Map.of("invitation", key))
                        .status())
                .isEqualTo(202);
        Reply ended = call("POST", "/" + id + "/end", "u_sh", null);
        assertThat(ended.data().path("status").asString()).isEqualTo("scheduled");
        assertThat(Instant.parse(ended.data().path("start_time").asString())).isAfter(start);
        assertThat(call("GET", "/" + id + "/participants", "u_sh", null).data()).hasSize(4);
        assertThat(call("POST", "/" + id + "/join", "u_sa", null).error()).isEqualTo("meeting.not_started");
        assertThat(call("POST", "/" + id + "/join", "u_sh", null).status()).isEqualTo(200);
        // A week before its time: that uses none up.
        Reply tried = call("POST", "/" + id + "/end", "u_sh", null);
        assertThat(tried.data().path("start_time").asString())
                .isEqualTo(ended.data().path("start_time").asString());

        String invitation = invited.data().get(0).path("id").asString();
        assertThat(call("DELETE", "/" + id + "/invitations/" + invitation, "u_sh", null)
                        .status())
                .isEqualTo(200);
        assertThat(told(id))
                .anySatisfy(event -> assertThat(Items.text(event, "type")).contains("mail.invitation_cancelled"));
    }

    @Test
    void rolesAndPollsGoThroughTheirRoutes() {
        String id = call("POST", "", "u_rh", Map.of("title", "Roles"))
                .data()
                .path("meeting_id")
                .asString();
        call("POST", "/" + id + "/join", "u_rh", null);
        call("POST", "/" + id + "/join", "u_ra", null);
        Reply given = call("POST", "/" + id + "/participants/u_ra/role", "u_rh", Map.of("role", "co-host"));
        assertThat(given.data().path("act").asString()).isEqualTo("role");
        assertThat(call("POST", "/" + id + "/participants/u_ra/role", "u_rh", Map.of("role", "king"))
                        .error())
                .isEqualTo("participant.role");
        Reply poll = call(
                "POST",
                "/" + id + "/polls",
                "u_ra",
                Map.of("question", "Lunch?", "options", List.of("Now", "Later"), "anonymous", false));
        assertThat(poll.status()).isEqualTo(201);
        String pollPath = "/" + id + "/polls/" + poll.data().path("id").asString();
        assertThat(call("POST", pollPath + "/vote", "u_rh", Map.of("choices", List.of(0)))
                        .status())
                .isEqualTo(200);
        call("POST", pollPath + "/vote", "u_rh", Map.of("choices", List.of(1)));
        Reply closed = call("POST", pollPath + "/close", "u_ra", null);
        assertThat(closed.data().path("results").get(1).path("voters").get(0).asString())
                .isEqualTo("u_rh");
        assertThat(call("POST", pollPath + "/vote", "u_rh", Map.of("choices", List.of(0)))
                        .error())
                .isEqualTo("poll.closed");
        assertThat(call("GET", "/" + id + "/polls", "u_rh", null).data()).hasSize(1);
        assertThat(call("POST", "/" + id + "/participants/u_ra/role", "u_rh", Map.of("role", "host"))
                        .status())
                .isEqualTo(200);
        assertThat(call("POST", "/" + id + "/end", "u_ra", null).status()).isEqualTo(200);
    }

    @Test
    void aCalendarIsForWhoeverHasTheCode() {
        Map<String, Object> draft =
                Map.of("title", "Review", "description", "for members", "start_time", "2027-03-01T09:00:00Z");
        String id = call("POST", "", "u_ch", draft).data().path("meeting_id").asString();
        assertThat(rest.text("GET", "/api/v1/meetings/" + id + "/calendar.ics", user("u_ch")))
                .contains("SUMMARY:Review", "for members");
        assertThat(rest.text("GET", "/api/v1/meetings/" + id + "/calendar.ics", user("u_other")))
                .contains("SUMMARY:Review")
                .doesNotContain("for members");
    }
}
