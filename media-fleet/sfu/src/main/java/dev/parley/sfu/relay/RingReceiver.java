package dev.parley.sfu.relay;

import static dev.parley.sfu.relay.RingSender.FIRST;
import static dev.parley.sfu.relay.RingSender.FIRST_LONG;
import static dev.parley.sfu.relay.RingSender.FOURTH;
import static dev.parley.sfu.relay.RingSender.SECOND;
import static dev.parley.sfu.relay.RingSender.SECOND_LONG;
import static dev.parley.sfu.relay.RingSender.THIRD;

import dev.parley.sfu.tracks.MediaPacket;
import java.nio.ByteBuffer;

/** Reads out of a ring what a {@link RingSender} wrote into it. Packets are shown where they lie. */
final class RingReceiver implements RelayReceiver {
    private final RelayRing ring;
    private final ByteBuffer memory;
    private final int most;
    private final MediaPacket packet = new MediaPacket();

    /** @param most records at a time, so that a writer that never rests does not hold the reader */
    RingReceiver(RelayRing ring, int most) {
        this.ring = ring;
        this.most = most;
        memory = ring.memory();
    }

    @Override
    public int receive(RelayRecords into) {
        int count = 0;
        int at = ring.next();
        RuntimeException failure = null;
        try {
            while (at != RelayRing.NONE) {
                Object object = ring.advance();
                count++;
                try {
                    show(at, object, into);
                } catch (RuntimeException e) {
                    // Those behind it do not wait for it: a receiver that fails at every packet would fill the ring.
                    failure = e;
                }
                at = count < most ? ring.next() : RelayRing.NONE;
            }
        } finally {
            // Whatever one record led to, it is not shown again.
            ring.release();
        }
        if (failure != null) {
            throw failure;
        }
        return count;
    }

    private void show(int at, Object object, RelayRecords into) {
        int track = memory.getInt(at + RingSender.TRACK);
        int layer = memory.getInt(at + RingSender.LAYER);
        int life = memory.getInt(at + RingSender.LIFE);
        switch (memory.getInt(at + RingSender.KIND)) {
            case RingSender.MESSAGE -> into.message((RelayMessage) object);
            case RingSender.PACKET -> into.packet(track, layer, life, memory.getInt(at + FOURTH), packet(at));
            case RingSender.STATE ->
                into.state(
                        track,
                        layer,
                        life,
                        flag(at),
                        memory.getInt(at + SECOND),
                        memory.getLong(at + FIRST_LONG),
                        memory.getInt(at + THIRD));
            case RingSender.LOUDNESS -> into.loudness(track, memory.getDouble(at + FIRST_LONG), flag(at));
            case RingSender.MUTED -> into.muted(track, flag(at));
            case RingSender.REPORT ->
                into.report(
                        track,
                        layer,
                        life,
                        memory.getLong(at + FIRST_LONG),
                        memory.getLong(at + SECOND_LONG),
                        memory.getLong(at + FIRST));
            case RingSender.WISH -> into.wish(track, memory.getInt(at + FIRST), memory.getInt(at + SECOND));
            case RingSender.KEY_FRAME -> into.keyFrame(track, layer);
            case RingSender.MISSING -> into.missing(track, layer, life, memory.getInt(at + FIRST));
            default -> throw new IllegalStateException("record of kind " + memory.getInt(at + RingSender.KIND));
        }
    }

    private boolean flag(int at) {
        return memory.getInt(at + FIRST) != 0;
    }

    private MediaPacket packet(int at) {
        boolean marker = memory.getInt(at + SECOND_LONG) != 0;
        return packet.payload(memory, at + RingSender.PAYLOAD, memory.getInt(at + THIRD))
                .header(memory.getInt(at + FIRST), memory.getInt(at + SECOND) & 0xFFFF_FFFFL, marker, null)
                .extensions(memory.getInt(at + FIRST_LONG), memory.getInt(at + FIRST_LONG + Integer.BYTES));
    }
}
