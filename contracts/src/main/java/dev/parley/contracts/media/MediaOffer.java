package dev.parley.contracts.media;

import java.util.List;

/** {@code POST /meetings/{id}/media}: the one SDP offer of a participant, and what its senders carry. */
public record MediaOffer(String mediaToken, String sdp, List<TrackLabel> tracks) {
    public MediaOffer {
        tracks = tracks == null ? List.of() : List.copyOf(tracks);
    }
}
