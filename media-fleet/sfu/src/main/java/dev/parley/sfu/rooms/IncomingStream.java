package dev.parley.sfu.rooms;

import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.Track;

/**
 * What one SSRC of a publisher means.
 *
 * @param index which layer of the track
 * @param repair whether these are retransmissions for it
 */
record IncomingStream(Track track, int index, boolean repair) {
    /** The layer itself; null before its first packet. */
    Layer layer() {
        return track.layer(index);
    }
}
