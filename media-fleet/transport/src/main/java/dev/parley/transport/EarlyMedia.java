package dev.parley.transport;

import dev.parley.transport.udp.UdpEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Media that arrived between the peer's end of the handshake and ours: its first key frame is in it. A few packets, kept
 * until the keys are here.
 */
final class EarlyMedia {
    private static final int MAX_PACKETS = 64;

    /** Takes what was held, in the order it came. */
    @FunctionalInterface
    interface Taker {
        /** One packet, as if it arrived now. */
        void packet(ByteBuffer buffer, int offset, int length, boolean isRtcp);
    }

    private record Packet(ByteBuffer bytes, int length, boolean isRtcp) {}

    private List<Packet> packets = new ArrayList<>();

    /** Keeps a copy, while there is room. */
    void hold(ByteBuffer buffer, int offset, int length, boolean isRtcp) {
        if (packets.size() < MAX_PACKETS) {
            ByteBuffer copy = ByteBuffer.allocate(length + UdpEngine.TAIL_ROOM_BYTES);
            copy.put(0, buffer, offset, length);
            packets.add(new Packet(copy, length, isRtcp));
        }
    }

    /** Hands everything over and keeps nothing. */
    void release(Taker taker) {
        List<Packet> held = packets;
        packets = new ArrayList<>();
        for (Packet packet : held) {
            taker.packet(packet.bytes(), 0, packet.length(), packet.isRtcp());
        }
    }
}
