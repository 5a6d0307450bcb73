package dev.parley.sfu.tracks;

/** Sees every packet of a track that is not muted. */
public interface TrackSubscriber {
    /** A packet of one of the track's layers arrived, for the first time; valid during the call. */
    void onPacket(Layer layer, MediaPacket packet, long nowNanos);

    /** The track was muted or spoke again: packets were dropped, so that the next one continues nothing. */
    void onInterrupted();
}
