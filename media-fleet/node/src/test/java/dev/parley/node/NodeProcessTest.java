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
import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.rtp.sdp.SessionDescription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node on loopback ports, called as the fleet function calls it. */
class NodeProcessTest {
    private static final List<TrackLabel> TRACKS =
            List.of(new TrackLabel("0", Source.MICROPHONE), new TrackLabel("1", Source.CAMERA));

    @TempDir
    static Path folder;

    private static final List<String> printed = new ArrayList<>();
    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = new NodeUnderTest(folder, Map.of("NODE_AGENTS", "2", "NODE_MAX_PARTICIPANTS", "8"), printed::add);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static MediaAnswer open(String room, NodeOffer offer) {
        return node.client().open(node.lease(), room, offer);
    }

    private static void end(String room) {
        node.act(room, RoomAct.Kind.END, null, null);
    }

    private static String mediaToken(String room, int number, String guestKey) {
        return node.mediaToken(room, number, guestKey, "microphone", "camera");
    }

    private static String sdp() {
        return Fuzz.text(NodeProcessTest.class, "/sdp/chromium-offer.sdp");
    }

    private static NodeOffer offer(String room, int number) {
        return new NodeOffer(mediaToken(room, number, null), 1, sdp(), TRACKS, List.of());
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
        MediaAnswer answer = open("room-a", offer("room-a", 1));
        assertThat(answer.nodeId()).isEqualTo("node-1");
        assertThat(answer.placementEpoch()).isEqualTo(1);
        SessionDescription first = SessionDescription.parse(answer.sdp());
        assertThat(first.iceLite()).isTrue();
        assertThat(first.media()).hasSize(17);

        MediaAnswer restarted = node.client()
                .restart(node.lease(), "room-a", answer.sessionId(), new NodeRestart("p_1", 1, sdp(), List.of()));
        SessionDescription second = SessionDescription.parse(restarted.sdp());
        assertThat(second.media().getFirst().ice())
                .isNotEqualTo(first.media().getFirst().ice());
        assertThat(second.media().get(8).sources())
                .isEqualTo(first.media().get(8).sources());
        assertThat(second.version()).isEqualTo(2);

        refused(409, "media.session", () -> node.client().close(node.lease(), "room-a", answer.sessionId(), "p_2"));
        node.client().close(node.lease(), "room-a", answer.sessionId(), "p_1");
        refused(404, "media.session", () -> node.client().close(node.lease(), "room-a", answer.sessionId(), "p_1"));
    }

    @Test
    void refusesTokensThatAreNotForThisRoomOrNotTokens() {
        NodeOffer foreign = new NodeOffer(mediaToken("room-x", 1, null), 1, sdp(), TRACKS, List.of());
        refused(401, "media.token", () -> open("room-b", foreign));
        refused(401, "media.token", () -> open("room-b", new NodeOffer("x", 1, sdp(), TRACKS, List.of())));
        refused(401, "media.token", () -> open("room-b", new NodeOffer(null, 1, sdp(), TRACKS, List.of())));
    }

    @Test
    void refusesAnOlderPlacement() {
        NodeOffer now = new NodeOffer(mediaToken("room-c", 1, null), 5, sdp(), TRACKS, List.of());
        open("room-c", now);
        refused(409, "media.moved", () -> open("room-c", offer("room-c", 2)));
        end("room-c");
    }

    @Test
    void keepsTheKickedAndTheDeniedOut() {
        node.client().act(node.lease(), "room-d", new RoomAct(RoomAct.Kind.KICK, "u_1", "guest-key", null, 2, "p_9"));
        refused(403, "media.not_admitted", () -> open("room-d", offer("room-d", 1)));
        NodeOffer sameGuest = new NodeOffer(mediaToken("room-d", 7, "guest-key"), 1, sdp(), TRACKS, List.of());
        refused(403, "media.not_admitted", () -> open("room-d", sameGuest));
        NodeOffer listed = new NodeOffer(mediaToken("room-d", 8, null), 1, sdp(), TRACKS, List.of("u_8"));
        refused(403, "media.not_admitted", () -> open("room-d", listed));
        assertThat(open("room-d", offer("room-d", 2)).sessionId()).startsWith("ms_");
        end("room-d");
    }

    @Test
    void aKickEndsTheSessionBeforeItReturns() {
        MediaAnswer answer = open("room-e", offer("room-e", 1));
        node.client().act(node.lease(), "room-e", new RoomAct(RoomAct.Kind.KICK, "u_1", null, null, 2, "p_9"));
        refused(
                404,
                "media.session",
                () -> node.client()
                        .restart(
                                node.lease(),
                                "room-e",
                                answer.sessionId(),
                                new NodeRestart("p_1", 1, sdp(), List.of())));
        end("room-e");
    }

    @Test
    void aLeaveEndsTheSessionBeforeItReturnsAndDeniesNobody() {
        MediaAnswer answer = open("room-l", offer("room-l", 1));
        RoomAct leave = new RoomAct(RoomAct.Kind.LEAVE, "u_1", null, null, 0, "p_1");
        node.client().act(node.lease(), "room-l", leave);
        refused(404, "media.session", () -> node.client().close(node.lease(), "room-l", answer.sessionId(), "p_1"));
        assertThat(open("room-l", offer("room-l", 1)).sessionId()).startsWith("ms_");
        node.client().act(node.lease(), "no-such-room", leave);
        end("room-l");
    }

    @Test
    void refusesMoreSessionsThanItMayHave() {
        for (int i = 0; i < 8; i++) {
            open("room-f", offer("room-f", i + 1));
        }
        refused(503, "fleet.full", () -> open("room-f", offer("room-f", 9)));
        // Whoever is in may come again all the same.
        assertThat(open("room-f", offer("room-f", 8)).sessionId()).startsWith("ms_");
        refused(503, "fleet.full", () -> open("room-f", offer("room-f", 9)));
        end("room-f");
    }

    @Test
    void keepsTheLastOfItsSessionsForTheRoomsThatAreHere() {
        for (int i = 0; i < 6; i++) {
            open("room-i", offer("room-i", i + 1));
        }
        refused(503, "node.no_new_rooms", () -> open("room-j", offer("room-j", 1)));
        open("room-i", offer("room-i", 7));
        // A kick is kept though the room is not here.
        node.act("room-k", RoomAct.Kind.KICK, "u_1", null);
        end("room-i");
        refused(403, "media.not_admitted", () -> open("room-k", offer("room-k", 1)));
        open("room-j", offer("room-j", 1));
        end("room-j");
        end("room-k");
    }

    @Test
    void saysWhatAnUnusableOfferLacks() {
        NodeOffer broken =
                new NodeOffer(mediaToken("room-g", 1, null), 1, sdp().replace("a=rtcp-mux\r\n", ""), TRACKS, List.of());
        refused(422, "sdp.unusable", () -> open("room-g", broken));
    }

    @Test
    void anActForARoomThatIsNotHereIsNothingToDo() {
        node.client()
                .act(
                        node.lease(),
                        "nowhere",
                        new RoomAct(RoomAct.Kind.MUTE_ALL, null, null, Source.MICROPHONE, 0, "p_1"));
        refused(404, "media.session", () -> node.client().close(node.lease(), "nowhere", "ms_x", "p_1"));
    }

    @Test
    void isPinnedByItsFingerprint() {
        assertThat(node.client().answers(node.lease())).isTrue();
        assertThat(node.client().answers(node.lease("00".repeat(32)))).isFalse();
    }

    @Test
    void refusesCallersWithoutATokenForThisNodeAndBody() throws Exception {
        byte[] body = Wire.writeBytes(new RoomAct(RoomAct.Kind.END, null, null, null, 0, "p_1"));
        Map<String, String> tokens = Map.of(
                "none", "",
                "nonsense", "a.b.c",
                "another node's", node.nodeToken("node-2", body),
                "another body's", node.nodeToken("node-1", "{}".getBytes(StandardCharsets.UTF_8)),
                "a media token", mediaToken("room-h", 1, null));
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
        return post(path, body, node.nodeToken("node-1", body));
    }

    private static HttpResponse<byte[]> post(String path, byte[] body, String token) throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(TrustEverybody.context())
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(node.process().controlUrl() + path))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void tellsItsHealthAndItsNumbers() throws IOException, InterruptedException {
        String base = "http://127.0.0.1:" + node.process().metricsAddress().getPort();
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
            assertThat(metrics)
                    .contains(
                            "# TYPE parley_node_rooms gauge",
                            "parley_agent_duty{agent=\"1\"}",
                            "parley_agent_recent_longest_cycle_seconds{agent=\"0\"}",
                            "# TYPE parley_stress gauge",
                            "parley_overload_state 0",
                            "parley_cpu_steal ",
                            "# TYPE parley_udp_messages_out_total counter",
                            "parley_udp_segment_fallbacks_total{agent=\"0\"} 0");
            assertThat(metrics.lines()).allMatch(line -> line.startsWith("#") || line.matches("\\S+ \\S+"));
        }
    }
}
