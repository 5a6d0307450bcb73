package dev.parley.contracts.node;

import java.util.List;

/**
 * {@code PUT /v1/rooms/{room}/sessions/{session}} of a media node: an offer that restarts ICE.
 *
 * @param participant id of the participant who asks; the session must be theirs, else 409 {@code media.session}
 * @param placementEpoch as in {@link NodeOffer}
 * @param denied as in {@link NodeOffer}
 */
public record NodeRestart(String participant, long placementEpoch, String sdp, List<String> denied) {
    public NodeRestart {
        denied = denied == null ? List.of() : List.copyOf(denied);
    }
}
