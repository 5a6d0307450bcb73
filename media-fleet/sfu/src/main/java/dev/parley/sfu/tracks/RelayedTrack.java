package dev.parley.sfu.tracks;

import dev.parley.sfu.PayloadFormat;

/**
 * What an agent knows of a track whose publisher is at another one, and what it wants of it. Packets of a layer come over only while somebody here watches
 * it: whether it flows, how high its picture is and what it costs is told instead.
 */
public final class RelayedTrack {
    private final boolean[] flowing;
    private final int[] heights;
    private final long[] bitratesBps;
    private final PayloadFormat[] formats;
    private int wished;
    private int watched;

    RelayedTrack(int layers) {
        flowing = new boolean[layers];
        heights = new int[layers];
        bitratesBps = new long[layers];
        formats = new PayloadFormat[layers];
    }

    /** Takes over how a layer does; {@code format} is null before its first packet. */
    public void tell(int index, boolean flows, int height, long bitrateBps, PayloadFormat format) {
        flowing[index] = flows;
        heights[index] = height;
        bitratesBps[index] = bitrateBps;
        formats[index] = format;
    }

    /** Begins to gather anew what is wished for here. */
    public void beginWishes() {
        wished = 0;
        watched = 0;
    }

    /** A receiver would like this layer, flowing or not. */
    public void wish(int index) {
        wished |= 1 << index;
    }

    /** A receiver is sent this layer, or waits for its key frame. */
    public void watch(int index) {
        watched |= 1 << index;
    }

    /** The layers wished for, as bits. */
    public int wished() {
        return wished;
    }

    /** The layers whose packets are needed here, as bits. */
    public int watched() {
        return watched;
    }

    boolean flowing(int index) {
        return flowing[index];
    }

    int height(int index) {
        return heights[index];
    }

    long bitrateBps(int index) {
        return bitratesBps[index];
    }

    PayloadFormat format(int index) {
        return formats[index];
    }
}
