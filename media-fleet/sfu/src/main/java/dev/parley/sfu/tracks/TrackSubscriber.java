package dev.parley.sfu.tracks;

/** Sees the packets of a track that is not muted: of all layers, or of those that it said. */
public interface TrackSubscriber {
    /** Packets of one of these layers arrived, each for the first time; valid during the call. */
    void onPackets(Layer layer, PacketRun run, long nowNanos);

    /** The track was muted or spoke again: packets were dropped, so that the next one continues nothing. */
    void onInterrupted();
}
