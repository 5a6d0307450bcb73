package dev.parley.node;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeState;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A whole node on loopback ports with keys of its own, and the control plane's side of it. */
final class NodeUnderTest implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    private final NodeProcess node;
    private final JwtIssuer<NodeClaims> nodeTokens;
    private final JwtIssuer<MediaClaims> mediaTokens;
    private final NodeClient client;

    NodeUnderTest(Path folder, Map<String, String> more, Consumer<String> print) {
        KeyFolder keys = new KeyFolder(folder);
        keys.createMissing(CLOCK, new SecureRandom());
        Map<String, String> values = new HashMap<>(Map.of(
                "KEYS_URI", folder.toUri().toString(),
                "NODE_LEASE", "off",
                "NODE_CONTROL_PORT", "0",
                "NODE_METRICS_PORT", "0",
                "NODE_MEDIA_PORT", "0",
                "NODE_MEDIA_BIND", "127.0.0.1"));
        values.putAll(more);
        node = NodeProcess.start(Settings.of(values), print);
        nodeTokens = JwtIssuer.node(keys.load(KeyFolder.Name.NODE), CLOCK);
        mediaTokens = JwtIssuer.media(keys.load(KeyFolder.Name.MEDIA), CLOCK);
        client = new NodeClient(nodeTokens);
    }

    NodeProcess process() {
        return node;
    }

    NodeClient client() {
        return client;
    }

    NodeLease lease() {
        return lease(node.controlFingerprint());
    }

    NodeLease lease(String fingerprint) {
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

    /** A node token for this audience and body. */
    String nodeToken(String nodeId, byte[] body) {
        return nodeTokens.issue(Audience.node(nodeId), NodeClaims.of(body)).token();
    }

    /** Participant {@code p_n} is user {@code u_n} with number n. */
    String mediaToken(String room, int number, String guestKey, String... sources) {
        MediaClaims claims = new MediaClaims(
                "p_" + number,
                "u_" + number,
                "Person " + number,
                number == 1 ? "host" : "participant",
                number,
                1,
                Optional.ofNullable(guestKey),
                List.of(sources));
        return mediaTokens.issue(Audience.room(room), claims).token();
    }

    MediaAnswer open(String room, int number, String sdp, List<TrackLabel> tracks) {
        return open(room, number, sdp, tracks, null);
    }

    /** @param breakouts what the control plane knows of the participant's place, null for nothing */
    MediaAnswer open(String room, int number, String sdp, List<TrackLabel> tracks, Breakouts breakouts) {
        String token = mediaToken(room, number, null, "microphone", "camera", "screen", "screen-audio");
        return client.open(lease(), room, new NodeOffer(token, 1, sdp, tracks, List.of(), breakouts));
    }

    void act(String room, RoomAct.Kind kind, String user, Source source) {
        client.act(lease(), room, new RoomAct(kind, user, null, source, 2, "p_1"));
    }

    @Override
    public void close() {
        client.close();
        node.close();
    }
}
