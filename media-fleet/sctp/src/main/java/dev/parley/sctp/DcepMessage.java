package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The two messages of the Data Channel Establishment Protocol (RFC 8832 section 5). */
sealed interface DcepMessage {
    /** Opens a channel on the stream it arrives on. */
    record Open(Reliability reliability, String label, String protocol) implements DcepMessage {}

    /** Answers an Open. */
    record Ack() implements DcepMessage {}

    int TYPE_ACK = 2;
    int TYPE_OPEN = 3;
    int OPEN_HEADER = 12;
    int UNORDERED = 0x80;
    int RELIABLE = 0;
    int LIMITED_RETRANSMITS = 1;
    int LIMITED_LIFETIME = 2;

    /** Reads a message; empty when it is malformed or of an unknown type. */
    static Optional<DcepMessage> read(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        if (payload.length >= 1 && payload[0] == TYPE_ACK) {
            return Optional.of(new Ack());
        }
        if (payload.length < OPEN_HEADER || payload[0] != TYPE_OPEN) {
            return Optional.empty();
        }
        int channelType = Byte.toUnsignedInt(in.get(1));
        int parameter = Math.clamp(Integer.toUnsignedLong(in.getInt(4)), 0, Integer.MAX_VALUE);
        int labelLength = Short.toUnsignedInt(in.getShort(8));
        int protocolLength = Short.toUnsignedInt(in.getShort(10));
        if (payload.length < OPEN_HEADER + labelLength + protocolLength) {
            return Optional.empty();
        }
        boolean ordered = (channelType & UNORDERED) == 0;
        Reliability reliability;
        switch (channelType & ~UNORDERED) {
            case RELIABLE -> reliability = new Reliability(ordered, Reliability.UNLIMITED, Reliability.UNLIMITED);
            case LIMITED_RETRANSMITS -> reliability = new Reliability(ordered, parameter, Reliability.UNLIMITED);
            case LIMITED_LIFETIME -> reliability = new Reliability(ordered, Reliability.UNLIMITED, parameter);
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new Open(
                reliability,
                new String(payload, OPEN_HEADER, labelLength, StandardCharsets.UTF_8),
                new String(payload, OPEN_HEADER + labelLength, protocolLength, StandardCharsets.UTF_8)));
    }

    /** The bytes of an Open. */
    static byte[] open(Reliability reliability, String label, String protocol) {
        byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
        byte[] protocolBytes = protocol.getBytes(StandardCharsets.UTF_8);
        if (labelBytes.length > 0xFFFF || protocolBytes.length > 0xFFFF) {
            throw new IllegalArgumentException("label and protocol are at most 65535 bytes of UTF-8");
        }
        int kind = RELIABLE;
        int parameter = 0;
        if (reliability.maxRetransmits() >= 0) {
            kind = LIMITED_RETRANSMITS;
            parameter = reliability.maxRetransmits();
        } else if (reliability.maxLifetimeMillis() >= 0) {
            kind = LIMITED_LIFETIME;
            parameter = reliability.maxLifetimeMillis();
        }
        ByteBuffer out = ByteBuffer.allocate(OPEN_HEADER + labelBytes.length + protocolBytes.length);
        out.put((byte) TYPE_OPEN).put((byte) (kind | (reliability.ordered() ? 0 : UNORDERED)));
        out.putShort((short) 0).putInt(parameter);
        out.putShort((short) labelBytes.length).putShort((short) protocolBytes.length);
        return out.put(labelBytes).put(protocolBytes).array();
    }

    /** The bytes of an Ack. */
    static byte[] ack() {
        return new byte[] {TYPE_ACK};
    }
}
