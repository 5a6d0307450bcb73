package dev.parley.sfu;

import java.util.Objects;

/**
 * What a video slot carries from now on.
 *
 * @param slot index among the receiver's video slots
 * @param state what happens in it
 * @param participant number of the publisher, 0 when the slot is empty
 * @param source which of the publisher's pictures
 * @param layer the rid being sent; empty when none is sent or the track has no rids
 * @param why why this is less than was wanted; {@link Why#NOTHING} when all is well
 */
public record SlotReport(int slot, State state, long participant, Source source, String layer, Why why) {
    public SlotReport {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(why, "why");
    }

    /** What happens in a slot. */
    public enum State {
        /** Packets flow, beginning with a key frame. */
        LIVE,
        /** The slot has a publisher, but nothing is sent. */
        PAUSED,
        /** The slot has no publisher. */
        EMPTY
    }

    /** Why a slot carries less than was wanted. */
    public enum Why {
        /** It carries what was wanted. */
        NOTHING,
        /** The receiver's path does not carry more. */
        BANDWIDTH,
        /** The publisher sends nothing, or no larger layer. */
        PUBLISHER,
        /** The source is muted. */
        MUTED,
        /** The room or the node does not serve more. */
        CAPACITY,
        /** The receiver has no payload type for the publisher's codec and profile. */
        CODEC
    }
}
