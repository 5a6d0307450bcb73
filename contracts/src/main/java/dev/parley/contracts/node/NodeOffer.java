package dev.parley.contracts.node;

import dev.parley.contracts.media.TrackLabel;
import java.util.List;

/**
 * {@code POST /v1/rooms/{room}/sessions} of a media node: a participant's offer, passed on by the fleet function.
 *
 * @param placementEpoch the placement under which the caller believes the room to be here; a lower one than the node's is refused
 * @param denied user ids and guest keys that are not admitted to the room, as the control plane knows them now
 * @param breakouts the meeting's breakout rooms, with the participant's own place in them; absent when it never had any
 */
public record NodeOffer(
        String mediaToken,
        long placementEpoch,
        String sdp,
        List<TrackLabel> tracks,
        List<String> denied,
        Breakouts breakouts) {
    public NodeOffer {
        tracks = tracks == null ? List.of() : List.copyOf(tracks);
        denied = denied == null ? List.of() : List.copyOf(denied);
    }

    /** An offer to a meeting that never had breakout rooms. */
    public NodeOffer(String mediaToken, long placementEpoch, String sdp, List<TrackLabel> tracks, List<String> denied) {
        this(mediaToken, placementEpoch, sdp, tracks, denied, null);
    }
}
