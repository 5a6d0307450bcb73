package dev.parley.contracts.media;

/**
 * The node's answer.
 *
 * @param sessionId names the transport in {@code PUT} and {@code DELETE /media/{session_id}}
 * @param placementEpoch which placement of the room this answer belongs to
 */
public record MediaAnswer(String sdp, String sessionId, String nodeId, long placementEpoch) {}
