package dev.parley.sfu;

import java.util.concurrent.atomic.AtomicLongArray;

/** What one agent has done since its start. Written by its thread, read by any. */
public final class SfuCounters {
    private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);

    /** What is counted. */
    public enum Counter {
        /** RTP packets that came in. */
        PACKETS_IN,
        /** RTP packets that went out, padding and retransmissions included. */
        PACKETS_OUT,
        /** Their bytes, before encryption. */
        BYTES_OUT,
        /** Packets of padding sent to probe a path. */
        PROBES_OUT,
        /** Packets sent again to a receiver. */
        RESENT,
        /** Packets a receiver missed and that could not be sent again, or were on their way already. */
        NOT_RESENT,
        /** Packets asked for again at a publisher. */
        MISSED,
        /** Key frames asked for at a publisher. */
        KEY_FRAMES_ASKED,
        /** Packets that were neither RTP nor RTCP. */
        MALFORMED,
        /** RTP packets of no known track or payload type. */
        UNKNOWN,
        /** Packets handed to other agents that have a part of the room. */
        RELAYED_OUT,
        /** Packets taken from other agents. */
        RELAYED_IN,
        /** Packets for another agent that found the way there full. */
        RELAY_DROPPED
    }

    /** Counts; the agent's thread only. */
    public void add(Counter counter, long amount) {
        int index = counter.ordinal();
        values.setOpaque(index, values.getPlain(index) + amount);
    }

    /** The count so far. */
    public long get(Counter counter) {
        return values.getOpaque(counter.ordinal());
    }
}
