package dev.parley.fleet;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;

/** The node that has a room. Each call throws what an API answers: the node's own refusal, or 503 when it cannot be reached. */
public interface RoomNode {
    String nodeId();

    /** Under which placement the room is there. */
    long placementEpoch();

    /** Whether the room was given to this node by the very call that answered it. */
    boolean fresh();

    MediaAnswer open(NodeOffer offer);

    MediaAnswer restart(String sessionId, NodeRestart restart);

    void close(String sessionId, String participantId);
}
