package dev.parley.sfu.relay;

import dev.parley.sfu.tracks.MediaPacket;
import java.nio.ByteBuffer;

/** Writes records into a ring: 48 bytes of numbers, then a packet's payload. The last slots of a ring that fills up are kept from packets. */
final class RingSender implements RelaySender {
    static final int MESSAGE = 0;
    static final int PACKET = 1;
    static final int STATE = 2;
    static final int LOUDNESS = 3;
    static final int MUTED = 4;
    static final int REPORT = 5;
    static final int WISH = 6;
    static final int KEY_FRAME = 7;
    static final int MISSING = 8;

    static final int KIND = 0;
    static final int TRACK = 4;
    static final int LAYER = 8;
    static final int LIFE = 12;
    static final int FIRST = 16;
    static final int SECOND = 20;
    static final int THIRD = 24;
    static final int FOURTH = 28;
    static final int FIRST_LONG = 32;
    static final int SECOND_LONG = 40;
    static final int PAYLOAD = 48;

    /** Packets leave this share of the ring to the other records. */
    private static final int RESERVE_SHARE = 16;

    private final RelayRing ring;
    private final ByteBuffer memory;
    private final int reserve;
    private final Runnable wake;
    private boolean written;

    /** @param wake ends the rest of the thread that reads; cheap when it does not rest */
    RingSender(RelayRing ring, int slots, Runnable wake) {
        this.ring = ring;
        this.wake = wake;
        memory = ring.memory();
        reserve = slots / RESERVE_SHARE;
    }

    private int begin(int kind, int track, int layer, int life) {
        int at = ring.claim(kind == PACKET ? reserve : 0);
        if (at != RelayRing.NONE) {
            memory.putInt(at + KIND, kind);
            memory.putInt(at + TRACK, track);
            memory.putInt(at + LAYER, layer);
            memory.putInt(at + LIFE, life);
        }
        return at;
    }

    private boolean end(Object object) {
        ring.commit(object);
        written = true;
        return true;
    }

    @Override
    public boolean message(RelayMessage message) {
        return begin(MESSAGE, 0, 0, 0) != RelayRing.NONE && end(message);
    }

    @Override
    public boolean packet(int track, int layer, int life, int format, MediaPacket packet) {
        int length = packet.payloadLength();
        if (length > RelayRing.SLOT_BYTES - PAYLOAD) {
            return false;
        }
        int at = begin(PACKET, track, layer, life);
        if (at == RelayRing.NONE) {
            return false;
        }
        memory.putInt(at + FIRST, (int) packet.sequence() & 0xFFFF);
        memory.putInt(at + SECOND, (int) packet.timestamp());
        memory.putInt(at + THIRD, length);
        memory.putInt(at + FOURTH, format);
        memory.putInt(at + FIRST_LONG, packet.audioLevel());
        memory.putInt(at + FIRST_LONG + Integer.BYTES, packet.orientation());
        memory.putInt(at + SECOND_LONG, packet.marker() ? 1 : 0);
        memory.put(at + PAYLOAD, packet.buffer(), packet.payloadOffset(), length);
        return end(null);
    }

    @Override
    public boolean state(int track, int layer, int life, boolean flowing, int height, long bitrateBps, int format) {
        int at = begin(STATE, track, layer, life);
        if (at == RelayRing.NONE) {
            return false;
        }
        memory.putInt(at + FIRST, flowing ? 1 : 0);
        memory.putInt(at + SECOND, height);
        memory.putInt(at + THIRD, format);
        memory.putLong(at + FIRST_LONG, bitrateBps);
        return end(null);
    }

    @Override
    public boolean loudness(int track, double value, boolean speaking) {
        int at = begin(LOUDNESS, track, 0, 0);
        if (at == RelayRing.NONE) {
            return false;
        }
        memory.putInt(at + FIRST, speaking ? 1 : 0);
        memory.putDouble(at + FIRST_LONG, value);
        return end(null);
    }

    @Override
    public boolean muted(int track, boolean muted) {
        int at = begin(MUTED, track, 0, 0);
        if (at == RelayRing.NONE) {
            return false;
        }
        memory.putInt(at + FIRST, muted ? 1 : 0);
        return end(null);
    }

    @Override
    public boolean report(int track, int layer, int life, long ntpTime, long timestamp, long ageNanos) {
        int at = begin(REPORT, track, layer, life);
        if (at == RelayRing.NONE) {
            return false;
        }
        memory.putLong(at + FIRST, ageNanos);
        memory.putLong(at + FIRST_LONG, ntpTime);
        memory.putLong(at + SECOND_LONG, timestamp);
        return end(null);
    }

    @Override
    public boolean wish(int track, int wished, int watched) {
        int at = begin(WISH, track, 0, 0);
        if (at == RelayRing.NONE) {
            return false;
        }
        memory.putInt(at + FIRST, wished);
        memory.putInt(at + SECOND, watched);
        return end(null);
    }

    @Override
    public boolean keyFrame(int track, int layer) {
        return begin(KEY_FRAME, track, layer, 0) != RelayRing.NONE && end(null);
    }

    @Override
    public boolean missing(int track, int layer, int life, int sequenceNumber) {
        int at = begin(MISSING, track, layer, life);
        if (at == RelayRing.NONE) {
            return false;
        }
        memory.putInt(at + FIRST, sequenceNumber);
        return end(null);
    }

    @Override
    public void flush() {
        if (written) {
            written = false;
            wake.run();
        }
    }
}
