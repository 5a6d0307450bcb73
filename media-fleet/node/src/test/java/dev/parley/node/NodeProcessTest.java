package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.contracts.node.NodeFailure;
import dev.parley.contracts.node.NodeHealth;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeState;
import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.rtp.sdp.SessionDescription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node on loopback ports, called as the fleet function calls it. */
class NodeProcessTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final List<TrackLabel> TRACKS =
            List.of(new TrackLabel("0", Source.MICROPHONE), new TrackLabel("1", Source.CAMERA));

    @TempDir
    static Path folder;

    private static final List<String> printed = new ArrayList<>();
    private static NodeProcess node;
    private static JwtIssuer<NodeClaims> nodeTokens;
    private static JwtIssuer<MediaClaims> mediaTokens;
    private static NodeClient client;
    private static NodeLease lease;

    @BeforeAll
    static void start() {
        KeyFolder keys = new KeyFolder(folder);
        keys.createMissing(CLOCK, new SecureRandom());
        node = NodeProcess.start(
                Settings.of(Map.of(
                        "KEYS_URI", folder.toUri().toString(),
                        "NODE_LEASE", "off",
                        "NODE_AGENTS", "2",
                        "NODE_MAX_PARTICIPANTS", "8",
                        "NODE_CONTROL_PORT", "0",
                        "NODE_METRICS_PORT", "0",
                        "NODE_MEDIA_PORT", "0")),
                printed::add);
        nodeTokens = JwtIssuer.node(keys.load(KeyFolder.Name.NODE), CLOCK);
        mediaTokens = JwtIssuer.media(keys.load(KeyFolder.Name.MEDIA), CLOCK);
        client = new NodeClient(nodeTokens);
        lease = leaseOf(node.controlFingerprint());
    }

    private static NodeLease leaseOf(String fingerprint) {
        return new NodeLease(
                "node-1",
                node.incarnation(),
                node.controlUrl(),
                fingerprint,
                "127.0.0.1",
                0,
                NodeState.SERVING,
                0,
                0,
                0,
                "local");
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
    }

    private static String mediaToken(String room, String participant, String guestKey) {
        MediaClaims claims = new MediaClaims(
                participant,
                "u_" + participant,
                "Ada",
                "participant",
                Math.floorMod(participant.hashCode(), 1000) + 1L,
                1,
                Optional.ofNullable(guestKey),
                List.of("microphone", "camera"));
        return mediaTokens.issue(Audience.room(room), claims).token();
    }

    private static String sdp() {
        return Fuzz.text(NodeProcessTest.class, "/sdp/chromium-offer.sdp");
    }

    private static NodeOffer offer(String room, String participant) {
        return new NodeOffer(mediaToken(room, participant, null), 1, sdp(), TRACKS, List.of());
    }

    private static void refused(int status, String code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.error().status()).isEqualTo(status);
            assertThat(refusal.error().code()).isEqualTo(code);
        });
    }

    @Test
    void printsWhatItChose() {
        assertThat(printed.getFirst()).startsWith("node        node-1");
        assertThat(printed).anyMatch(line -> line.startsWith("media ") && line.contains("2 agents"));
        assertThat(printed).anyMatch(line -> line.startsWith("control     https://127.0.0.1:"));
        assertThat(printed.getLast()).isEqualTo("ready       node-1");
    }

    @Test
    void answersAnOfferAndRestartsAndEnds() {
        MediaAnswer answer = client.open(lease, "room-a", offer("room-a", "p_1"));
        assertThat(answer.nodeId()).isEqualTo("node-1");
        assertThat(answer.placementEpoch()).isEqualTo(1);
        SessionDescription first = SessionDescription.parse(answer.sdp());
        assertThat(first.iceLite()).isTrue();
        assertThat(first.media()).hasSize(17);

        MediaAnswer restarted =
                client.restart(lease, "room-a", answer.sessionId(), new NodeRestart("p_1", 1, sdp(), List.of()));
        SessionDescription second = SessionDescription.parse(restarted.sdp());
        assertThat(second.media().getFirst().ice())
                .isNotEqualTo(first.media().getFirst().ice());
        assertThat(second.media().get(8).sources())
                .isEqualTo(first.media().get(8).sources());
        assertThat(second.version()).isEqualTo(2);

        refused(409, "media.session", () -> client.close(lease, "room-a", answer.sessionId(), "p_2"));
        client.close(lease, "room-a", answer.sessionId(), "p_1");
        refused(404, "media.session", () -> client.close(lease, "room-a", answer.sessionId(), "p_1"));
    }

    @Test
    void refusesTokensThatAreNotForThisRoomOrNotTokens() {
        NodeOffer foreign = new NodeOffer(mediaToken("room-x", "p_1", null), 1, sdp(), TRACKS, List.of());
        refused(401, "media.token", () -> client.open(lease, "room-b", foreign));
        refused(
                401,
                "media.token",
                () -> client.open(lease, "room-b", new NodeOffer("x", 1, sdp(), TRACKS, List.of())));
        refused(
                401,
                "media.token",
                () -> client.open(lease, "room-b", new NodeOffer(null, 1, sdp(), TRACKS, List.of())));
    }

    @Test
    void refusesAnOlderPlacement() {
        NodeOffer now = new NodeOffer(mediaToken("room-c", "p_1", null), 5, sdp(), TRACKS, List.of());
        client.open(lease, "room-c", now);
        refused(409, "media.moved", () -> client.open(lease, "room-c", offer("room-c", "p_2")));
        client.act(lease, "room-c", new RoomAct(RoomAct.Kind.END, null, null, null, 0, "p_1"));
    }

    @Test
    void keepsTheKickedAndTheDeniedOut() {
        client.act(lease, "room-d", new RoomAct(RoomAct.Kind.KICK, "u_p_1", "guest-key", null, 2, "p_9"));
        refused(403, "media.not_admitted", () -> client.open(lease, "room-d", offer("room-d", "p_1")));
        NodeOffer sameGuest = new NodeOffer(mediaToken("room-d", "p_7", "guest-key"), 1, sdp(), TRACKS, List.of());
        refused(403, "media.not_admitted", () -> client.open(lease, "room-d", sameGuest));
        NodeOffer listed = new NodeOffer(mediaToken("room-d", "p_8", null), 1, sdp(), TRACKS, List.of("u_p_8"));
        refused(403, "media.not_admitted", () -> client.open(lease, "room-d", listed));
        assertThat(client.open(lease, "room-d", offer("room-d", "p_2")).sessionId())
                .startsWith("ms_");
        client.act(lease, "room-d", new RoomAct(RoomAct.Kind.END, null, null, null, 0, "p_9"));
    }

    @Test
    void aKickEndsTheSessionBeforeItReturns() {
        MediaAnswer answer = client.open(lease, "room-e", offer("room-e", "p_1"));
        client.act(lease, "room-e", new RoomAct(RoomAct.Kind.KICK, "u_p_1", null, null, 2, "p_9"));
        refused(
                404,
                "media.session",
                () -> client.restart(lease, "room-e", answer.sessionId(), new NodeRestart("p_1", 1, sdp(), List.of())));
        client.act(lease, "room-e", new RoomAct(RoomAct.Kind.END, null, null, null, 0, "p_9"));
    }

    @Test
    void refusesMoreSessionsThanItMayHave() {
        for (int i = 0; i < 8; i++) {
            client.open(lease, "room-f", offer("room-f", "p_" + i));
        }
        refused(503, "fleet.full", () -> client.open(lease, "room-f", offer("room-f", "p_8")));
        client.act(lease, "room-f", new RoomAct(RoomAct.Kind.END, null, null, null, 0, "p_0"));
    }

    @Test
    void saysWhatAnUnusableOfferLacks() {
        NodeOffer broken = new NodeOffer(
                mediaToken("room-g", "p_1", null), 1, sdp().replace("a=rtcp-mux\r\n", ""), TRACKS, List.of());
        refused(422, "sdp.unusable", () -> client.open(lease, "room-g", broken));
    }

    @Test
    void anActForARoomThatIsNotHereIsNothingToDo() {
        client.act(lease, "nowhere", new RoomAct(RoomAct.Kind.MUTE_ALL, null, null, Source.MICROPHONE, 0, "p_1"));
        refused(404, "media.session", () -> client.close(lease, "nowhere", "ms_x", "p_1"));
    }

    @Test
    void isPinnedByItsFingerprint() {
        assertThat(client.answers(lease)).isTrue();
        assertThat(client.answers(leaseOf("00".repeat(32)))).isFalse();
    }

    @Test
    void refusesCallersWithoutATokenForThisNodeAndBody() throws Exception {
        byte[] body = Wire.writeBytes(new RoomAct(RoomAct.Kind.END, null, null, null, 0, "p_1"));
        Map<String, String> tokens = Map.of(
                "none", "",
                "nonsense", "a.b.c",
                "another node's",
                        nodeTokens
                                .issue(Audience.node("node-2"), NodeClaims.of(body))
                                .token(),
                "another body's",
                        nodeTokens
                                .issue(Audience.node("node-1"), NodeClaims.of("{}".getBytes(StandardCharsets.UTF_8)))
                                .token(),
                "a media token", mediaToken("room-h", "p_1", null));
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            HttpResponse<byte[]> response = post("/v1/rooms/room-h/acts", body, token.getValue());
            assertThat(response.statusCode()).as(token.getKey()).isEqualTo(401);
            assertThat(Wire.read(response.body(), NodeFailure.class).error().code())
                    .as(token.getKey())
                    .isEqualTo("node.token");
        }
    }

    @Test
    void refusesRequestsThatAreNone() throws Exception {
        assertThat(signed("/v1/rooms/r/acts", "nonsense").statusCode()).isEqualTo(400);
        assertThat(signed("/v1/rooms/r/acts", "{}").statusCode()).isEqualTo(400);
        assertThat(signed("/v1/rooms/r/acts", "{\"act\":\"dance\"}").statusCode())
                .isEqualTo(400);
        assertThat(signed("/v1/rooms/r/sessions", "null").statusCode()).isEqualTo(400);
        assertThat(signed("/v1/rooms", "{}").statusCode()).isEqualTo(404);
        assertThat(signed("/v1/rooms/r/sessions/s", "{}").statusCode()).isEqualTo(405);
        assertThat(signed("/v1/rooms/r/acts", " ".repeat(600_000)).statusCode()).isEqualTo(413);
    }

    private static HttpResponse<byte[]> signed(String path, String text) throws Exception {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return post(
                path,
                body,
                nodeTokens.issue(Audience.node("node-1"), NodeClaims.of(body)).token());
    }

    private static HttpResponse<byte[]> post(String path, byte[] body, String token) throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(TrustEverybody.context())
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(node.controlUrl() + path))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void tellsItsHealthAndItsNumbers() throws IOException, InterruptedException {
        String base = "http://127.0.0.1:" + node.metricsAddress().getPort();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> health = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/health")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(Wire.read(health.body(), NodeHealth.class).state()).isEqualTo("serving");
            String metrics = http.send(
                            HttpRequest.newBuilder(URI.create(base + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(metrics).contains("# TYPE parley_node_rooms gauge", "parley_agent_duty{agent=\"1\"}");
            assertThat(metrics.lines()).allMatch(line -> line.startsWith("#") || line.matches("\\S+ \\S+"));
        }
    }
}
