package dev.parley.fleet.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.NodeFailure;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.fleet.function.RestCaller.Reply;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.local.stores.Stores;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.Admission;
import dev.parley.platform.nodes.ControlServer;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.LiveRows;
import dev.parley.platform.nodes.NodeLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** The function as wired for production, on the real stores, with a node's control API on loopback. */
@Tag("component")
class FleetFunctionTest {
    private static final String ROOM = "abc-defg-hij";
    private static Stores stores;

    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final Settings settings = stores.settings();
    private final KeyFolder keys = KeyFolder.of(settings);
    private final Dynamo dynamo = Dynamo.of(settings);
    private final RestCaller rest = new RestCaller(FleetFunction.router(settings, clock));
    private ControlServer node;

    @BeforeAll
    static void open() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @BeforeEach
    void start() throws Exception {
        node = new ControlServer();
        node.answersWith(201, Wire.write(new MediaAnswer("v=0 answer", "m_1", "node-a", 1)));
        new DynamoLeases(dynamo, clock).register(node.lease("node-a"));
        writeMeeting(List.of());
        seat("u_ana");
    }

    @AfterEach
    void stop() {
        new DynamoPlacements(dynamo, clock).forget(ROOM);
        dynamo.close();
        node.close();
    }

    private void writeMeeting(List<String> deniedUsers) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                LiveRows.MEETING_ID, Items.text(ROOM),
                LiveRows.ITEM, Items.text(LiveRows.LIVE),
                LiveRows.STATUS, Items.text(LiveRows.ACTIVE),
                LiveRows.HOST_ID, Items.text("u_host"),
                LiveRows.TITLE, Items.text("Standup"),
                LiveRows.SETTINGS, Items.text("{}")));
        if (!deniedUsers.isEmpty()) {
            item.put(LiveRows.DENIED_USERS, AttributeValue.fromSs(deniedUsers));
        }
        write(item);
    }

    private void seat(String userId) {
        String participantId = ParticipantIds.of(ROOM, userId);
        write(Map.of(
                LiveRows.MEETING_ID, Items.text(ROOM),
                LiveRows.ITEM, Items.text(LiveRows.PARTICIPANT + participantId),
                LiveRows.USER_ID, Items.text(userId),
                LiveRows.DISPLAY_NAME, Items.text("Ana"),
                LiveRows.ROLE, Items.text("participant"),
                LiveRows.STATE, Items.text(LiveRows.JOINED)));
    }

    private void write(Map<String, AttributeValue> item) {
        dynamo.client()
                .putItem(put -> put.tableName(dynamo.name(Tables.LIVE_MEETINGS)).item(item));
    }

    private String access(String userId) {
        return access(userId, Role.USER);
    }

    private String access(String userId, Role role) {
        return JwtIssuer.access(keys.load(KeyFolder.Name.ACCESS), clock)
                .issue(Audience.API, AccessClaims.user(userId, "s_1", 0, role, "Ana"))
                .token();
    }

    private String media(String room, String userId) {
        MediaClaims claims = new MediaClaims(
                ParticipantIds.of(room, userId), userId, "Ana", "participant", 1, 0, Optional.empty(), List.of());
        return JwtIssuer.media(keys.load(KeyFolder.Name.MEDIA), clock)
                .issue(Audience.room(room), claims)
                .token();
    }

    private Reply exchange(String userId, String mediaToken) {
        Map<String, Object> offer = Map.of(
                "media_token", mediaToken, "sdp", "v=0", "tracks", List.of(Map.of("mid", "0", "source", "camera")));
        return rest.call("POST", "/api/v1/meetings/" + ROOM + "/media", access(userId), offer);
    }

    @Test
    void anOfferPlacesTheRoomAndComesBackWithTheNodesAnswer() {
        Reply reply = exchange("u_ana", media(ROOM, "u_ana"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.data().path("sdp").asString()).isEqualTo("v=0 answer");
        assertThat(reply.data().path("session_id").asString()).isEqualTo("m_1");
        NodeOffer passedOn = Wire.read(node.calls().getFirst().body(), NodeOffer.class);
        assertThat(passedOn.placementEpoch()).isEqualTo(1);
        assertThat(passedOn.tracks()).hasSize(1);
        assertThat(new DynamoPlacements(dynamo, clock).find(ROOM).orElseThrow().nodeId())
                .isEqualTo("node-a");
    }

    @Test
    void aSessionIsRestartedAndEnded() {
        exchange("u_ana", media(ROOM, "u_ana"));
        String path = "/api/v1/meetings/" + ROOM + "/media/m_1";
        assertThat(rest.call("PUT", path, access("u_ana"), Map.of("sdp", "v=0 restart"))
                        .status())
                .isEqualTo(200);
        NodeRestart restart = Wire.read(node.calls().get(1).body(), NodeRestart.class);
        assertThat(restart.participant()).isEqualTo(ParticipantIds.of(ROOM, "u_ana"));
        assertThat(rest.call("DELETE", path, access("u_ana"), null).status()).isEqualTo(200);
        assertThat(node.calls().get(2).path()).contains("participant=" + ParticipantIds.of(ROOM, "u_ana"));
    }

    @Test
    void theKickedHaveNoMediaWithAnOldTokenNorAFreshLogin() {
        String token = media(ROOM, "u_ana");
        writeMeeting(List.of("u_ana"));
        assertThat(exchange("u_ana", token).error()).isEqualTo("media.not_admitted");
        assertThat(exchange("u_ana", media(ROOM, "u_ana")).status()).isEqualTo(403);
        assertThat(node.calls()).isEmpty();
    }

    @Test
    void tokensOfOthersOtherRoomsAndOldOnesAreRefused() {
        assertThat(exchange("u_ana", media("zzz-zzzz-zzz", "u_ana")).error()).isEqualTo("media.token");
        assertThat(exchange("u_ana", media(ROOM, "u_host")).error()).isEqualTo("media.token");
        assertThat(exchange("u_ana", access("u_ana")).error()).isEqualTo("media.token");
        String old = media(ROOM, "u_ana");
        clock.advance(Duration.ofSeconds(66));
        assertThat(exchange("u_ana", old).error()).isEqualTo("media.token");
        Reply nobody = rest.call("POST", "/api/v1/meetings/" + ROOM + "/media", null, Map.of());
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(node.calls()).isEmpty();
    }

    @Test
    void whatTheNodeRefusesReachesTheClient() {
        node.answersWith(422, Wire.write(NodeFailure.of("sdp.unusable", "no fingerprint")));
        Reply reply = exchange("u_ana", media(ROOM, "u_ana"));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.error()).isEqualTo("sdp.unusable");
        assertThat(reply.body().path("message").asString()).isEqualTo("no fingerprint");
    }

    @Test
    void aNodeThatTakesNoNewRoomsIsPassedOverUntilNoneIsLeft() throws Exception {
        node.answersWith(503, Wire.write(NodeFailure.of("node.no_new_rooms", "no new rooms")));
        Reply refused = exchange("u_ana", media(ROOM, "u_ana"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("fleet.full");
        assertThat(refused.header("Retry-After")).isEqualTo("3");
        try (ControlServer other = new ControlServer()) {
            other.answersWith(201, Wire.write(new MediaAnswer("v=0 other", "m_2", "node-b", 2)));
            DynamoLeases leases = new DynamoLeases(dynamo, clock);
            leases.register(other.lease("node-b"));
            assertThat(exchange("u_ana", media(ROOM, "u_ana"))
                            .data()
                            .path("node_id")
                            .asString())
                    .isEqualTo("node-b");
            // Its room stays, however full it says it is; what it answers then is the client's.
            leases.renew("node-b", "i1", new NodeLoad(1, 1, 1.0, Admission.FULL));
            other.answersWith(503, Wire.write(NodeFailure.of("fleet.full", "Full: try again shortly.")));
            other.retryAfter("5");
            Reply full = exchange("u_ana", media(ROOM, "u_ana"));
            assertThat(full.error()).isEqualTo("fleet.full");
            assertThat(full.header("Retry-After")).isEqualTo("5");
            assertThat(full.body().path("message").asString()).isEqualTo("Full: try again shortly.");
            leases.release("node-b", "i1");
        }
    }

    @Test
    void aLostNodesRoomIsPlacedAnewWithAHigherEpoch() throws Exception {
        exchange("u_ana", media(ROOM, "u_ana"));
        node.close();
        assertThat(exchange("u_ana", media(ROOM, "u_ana")).error()).isEqualTo("fleet.unavailable");
        clock.advance(Duration.ofSeconds(16));
        try (ControlServer other = new ControlServer()) {
            other.answersWith(201, Wire.write(new MediaAnswer("v=0 other", "m_2", "node-b", 2)));
            new DynamoLeases(dynamo, clock).register(other.lease("node-b"));
            Reply reply = exchange("u_ana", media(ROOM, "u_ana"));
            assertThat(reply.data().path("node_id").asString()).isEqualTo("node-b");
            NodeOffer passedOn = Wire.read(other.calls().getFirst().body(), NodeOffer.class);
            assertThat(passedOn.placementEpoch()).isEqualTo(2);
            new DynamoLeases(dynamo, clock).release("node-b", "i1");
        }
    }

    @Test
    void administratorsSeeTheNodesAndNobodyElseDoes() {
        JsonNode nodes = rest.call("GET", "/api/v1/admin/nodes", access("u_root", Role.ADMIN), null)
                .data();

        assertThat(nodes.size()).isEqualTo(1);
        JsonNode listed = nodes.get(0);
        assertThat(listed.path("node_id").asString()).isEqualTo("node-a");
        assertThat(listed.path("live").asBoolean()).isTrue();
        assertThat(listed.path("state").asString()).isEqualTo("serving");
        assertThat(listed.path("admission").asString()).isEqualTo("open");
        assertThat(listed.toString()).doesNotContain("fingerprint").doesNotContain("control");
        assertThat(rest.call("GET", "/api/v1/admin/nodes", access("u_mod", Role.MODERATOR), null)
                        .error())
                .isEqualTo("auth.forbidden");
        assertThat(rest.call("GET", "/api/v1/admin/nodes", null, null).error()).isEqualTo("auth.required");
    }

    @Test
    void whoWasBannedGetsNoMediaWhateverTokensTheyHold() {
        String token = access("u_ana");
        new EphemeralRevocations(new DynamoEphemeral(dynamo, clock), clock).revoke("u_ana");

        Reply refused = rest.call(
                "POST",
                "/api/v1/meetings/" + ROOM + "/media",
                token,
                Map.of("media_token", media(ROOM, "u_ana"), "sdp", "v=0", "tracks", List.of()));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error()).isEqualTo("auth.revoked");
        new DynamoEphemeral(dynamo, clock).remove("revoked#u_ana");
    }
}
