package dev.parley.sfu.relay;

import dev.parley.sfu.tracks.MediaPacket;

/**
 * What two parts of a room say to each other. A part calls these on its {@link RelaySender}; the other part's end is called the same, in the same order.
 *
 * <p>Tracks go by numbers that the publisher's end gave them in {@link RelayMessage.Came} and never uses again. A layer that starts over has another
 * {@code life}. Every call answers whether the record was taken; what was not is said again later, except for packets, which are asked for.
 */
public interface RelayRecords {
    /** Who is in the room; seldom. */
    boolean message(RelayMessage message);

    // ---- from the publisher's part

    /**
     * A packet of a layer that is watched over there. Of its sequence number 16 bits count.
     *
     * @param format position in the publisher's list of formats
     */
    boolean packet(int track, int layer, int life, int format, MediaPacket packet);

    /**
     * How a layer does; said when it changed, watched or not.
     *
     * @param height of the picture, 0 while unknown
     * @param format position in the publisher's list of formats, -1 before the first packet
     */
    boolean state(int track, int layer, int life, boolean flowing, int height, long bitrateBps, int format);

    /** How loud a voice is; said when it changed by a decibel or began or ended to speak. */
    boolean loudness(int track, double value, boolean speaking);

    /** Packets of the track are dropped at the door from now on, or no more. */
    boolean muted(int track, boolean muted);

    /** The publisher's sender report of a watched layer; {@code ageNanos} since it arrived. */
    boolean report(int track, int layer, int life, long ntpTime, long timestamp, long ageNanos);

    // ---- to the publisher's part

    /**
     * What is wanted of a track over here; said when it changed.
     *
     * @param wished layers, as bits, that receivers would like, flowing or not: the publisher should send them
     * @param watched layers, as bits, whose packets are to come over
     */
    boolean wish(int track, int wished, int watched);

    /** Receivers over here wait for a key frame. */
    boolean keyFrame(int track, int layer);

    /** A packet did not arrive over here. */
    boolean missing(int track, int layer, int life, int sequenceNumber);
}
