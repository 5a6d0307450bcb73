package dev.parley.fleet;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.platform.nodes.NodeLease;

/** The calls to a node that an exchange needs. Each throws what an API answers: the node's own refusal, or 503. */
public interface MediaNodes {
    MediaAnswer open(NodeLease node, String roomId, NodeOffer offer);

    MediaAnswer restart(NodeLease node, String roomId, String sessionId, NodeRestart restart);

    void close(NodeLease node, String roomId, String sessionId, String participantId);
}
