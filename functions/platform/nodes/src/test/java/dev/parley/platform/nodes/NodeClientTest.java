package dev.parley.platform.nodes;

import static dev.parley.platform.nodes.RoomPlacerTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.node.NodeFailure;
import dev.parley.contracts.node.NodeHealth;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeySet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeClientTest {
    private static final NodeOffer OFFER = new NodeOffer("token", 3, "v=0", List.of(), List.of("u_bad"));

    private final InstantSource clock = InstantSource.system();
    private final KeySet keys = KeySet.generate("node", clock.instant(), new SecureRandom());
    private final NodeClient client = new NodeClient(JwtIssuer.node(keys, clock));
    private ControlServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ControlServer();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void anOfferCarriesATokenForThisNodeAndThisBodyAlone() {
        MediaAnswer answer = new MediaAnswer("v=0 answer", "m_1", "node-a", 3);
        server.answersWith(201, Wire.write(answer));
        assertThat(client.open(server.lease("node-a"), "abc-defg-hij", OFFER)).isEqualTo(answer);

        ControlServer.Call call = server.calls().getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/v1/rooms/abc-defg-hij/sessions");
        assertThat(Wire.read(call.body(), NodeOffer.class)).isEqualTo(OFFER);
        NodeClaims claims = JwtVerifier.node(keys, clock)
                .verify(call.authorization().substring("Bearer ".length()), Audience.node("node-a"));
        assertThat(claims.covers(call.body())).isTrue();
        assertThat(claims.covers(new byte[] {1})).isFalse();
    }

    @Test
    void anotherCertificateThanTheLeasesIsRefusedBeforeAnythingIsSaid() throws Exception {
        try (ControlServer impostor = new ControlServer()) {
            NodeLease lease = server.lease("node-a");
            NodeLease redirected =
                    Nodes.node("node-a", "i1", impostor.lease("node-a").controlUrl(), lease.fingerprint(), 0);
            assertThatThrownBy(() -> client.open(redirected, "abc-defg-hij", OFFER))
                    .satisfies(refused(503, "fleet.unavailable"));
            assertThat(impostor.calls()).isEmpty();
        }
    }

    @Test
    void whatTheNodeRefusesKeepsItsStatusAndCode() {
        server.answersWith(409, Wire.write(NodeFailure.of("media.moved", "the room is elsewhere")));
        assertThatThrownBy(() -> client.open(server.lease("node-a"), "abc-defg-hij", OFFER))
                .satisfies(refused(409, "media.moved"))
                .hasMessage("the room is elsewhere");
        server.answersWith(422, Wire.write(NodeFailure.of("sdp.unusable", "no ufrag")));
        assertThatThrownBy(() -> client.restart(
                        server.lease("node-a"), "abc-defg-hij", "m_1", new NodeRestart("p_1", 3, "v=0", List.of())))
                .satisfies(refused(422, "sdp.unusable"));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "60, 60", ", 3", "soon, 3", "0, 3", "61, 3", "-1, 3"})
    void aFullNodeSaysWhenToTryAgain(String header, long seconds) {
        server.retryAfter(header);
        server.answersWith(503, Wire.write(NodeFailure.of("fleet.full", "full")));
        assertThatThrownBy(() -> client.open(server.lease("node-a"), "abc-defg-hij", OFFER))
                .satisfies(refused(503, "fleet.full"))
                .satisfies(thrown ->
                        assertThat(((ApiException) thrown).retryAfter()).contains(Duration.ofSeconds(seconds)));
    }

    @Test
    void nonsenseIsABadReply() {
        server.answersWith(500, "<html>");
        assertThatThrownBy(() -> client.health(server.lease("node-a"))).satisfies(refused(502, "fleet.bad_reply"));
        server.answersWith(200, "[]");
        assertThatThrownBy(() -> client.health(server.lease("node-a"))).satisfies(refused(502, "fleet.bad_reply"));
    }

    @Test
    void aNodeThatIsNotThereIsUnavailable() {
        NodeLease lease = server.lease("node-a");
        server.close();
        assertThatThrownBy(() ->
                        client.act(lease, "abc-defg-hij", new RoomAct(RoomAct.Kind.END, null, null, null, 0, "p_1")))
                .satisfies(refused(503, "fleet.unavailable"));
        assertThat(client.answers(lease)).isFalse();
    }

    @Test
    void onlyTheProcessThatHoldsTheLeaseCountsAsAnAnswer() {
        server.answersWith(200, Wire.write(new NodeHealth("node-a", "i1", "serving", 0, 0, 0, "0.1.0")));
        assertThat(client.answers(server.lease("node-a"))).isTrue();
        server.answersWith(200, Wire.write(new NodeHealth("node-a", "i2", "serving", 0, 0, 0, "0.1.0")));
        assertThat(client.answers(server.lease("node-a"))).isFalse();
    }

    @Test
    void namesInThePathAreEncoded() {
        client.close(server.lease("node-a"), "a/b", "m 1?", "p_1&x");
        assertThat(server.calls().getFirst().method()).isEqualTo("DELETE");
        assertThat(server.calls().getFirst().path()).isEqualTo("/v1/rooms/a%2Fb/sessions/m%201%3F?participant=p_1%26x");
    }
}
