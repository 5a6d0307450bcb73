package dev.parley.bench;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeState;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The control plane's side of a node: keys of its own, tokens, and the exchange of offer and answer. */
final class ControlPlane implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    private final JwtIssuer<MediaClaims> mediaTokens;
    private final NodeClient client;

    /** Makes the keys in this folder, for the node to read. */
    ControlPlane(Path keyFolder) {
        KeyFolder keys = new KeyFolder(keyFolder);
        keys.createMissing(CLOCK, new SecureRandom());
        mediaTokens = JwtIssuer.media(keys.load(KeyFolder.Name.MEDIA), CLOCK);
        client = new NodeClient(JwtIssuer.node(keys.load(KeyFolder.Name.NODE), CLOCK));
    }

    /** Hands a participant's offer to the node. */
    MediaAnswer open(MeasuredNode node, Seat seat, String sdp) {
        int number = seat.number();
        MediaClaims claims = new MediaClaims(
                seat.participant(),
                "u_" + number,
                "Person " + number,
                number == 1 ? "host" : "participant",
                number,
                1,
                Optional.empty(),
                List.of("microphone", "camera"));
        String token = mediaTokens.issue(Audience.room(seat.room()), claims).token();
        return client.open(
                lease(node),
                seat.room(),
                new NodeOffer(token, 1, sdp, seat.plan().tracks(), List.of()));
    }

    private static NodeLease lease(MeasuredNode node) {
        return new NodeLease(
                MeasuredNode.ID,
                node.incarnation(),
                node.controlUrl(),
                node.fingerprint(),
                "127.0.0.1",
                0,
                NodeState.SERVING,
                0,
                0,
                0,
                "local");
    }

    @Override
    public void close() {
        client.close();
    }
}
