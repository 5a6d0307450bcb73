package dev.parley.sfu.relay;

import dev.parley.sfu.tracks.Track;

/** The part of a room whose relay this is. */
public interface RelayOwner {
    /** Somebody in another part publishes this track. */
    void trackCame(Track track);

    /** A track of another part is gone. */
    void trackWent(Track track, long nowNanos);

    /** Whoever has this number here came later elsewhere. */
    void replacedElsewhere(long number, long nowNanos);

    /** People of other parts came or went. */
    void peopleChanged();

    /** What other parts wish for changed. */
    void wishesChanged();
}
