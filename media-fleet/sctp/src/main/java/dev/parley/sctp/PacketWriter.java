package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Builds one packet at a time in a buffer of its own: common header, chunks, checksum (RFC 9260 section 3.1). */
final class PacketWriter {
    static final int COMMON_HEADER = 12;

    private final byte[] bytes;
    private final ByteBuffer packet;
    private final CRC32C crc = new CRC32C();
    private final int localPort;
    private final int remotePort;

    PacketWriter(int localPort, int remotePort, int maxPacketBytes) {
        this.bytes = new byte[maxPacketBytes];
        this.packet = ByteBuffer.wrap(bytes);
        this.localPort = localPort;
        this.remotePort = remotePort;
        packet.position(COMMON_HEADER);
    }

    boolean isEmpty() {
        return packet.position() == COMMON_HEADER;
    }

    /** Bytes left, a multiple of four. */
    int room() {
        return packet.remaining();
    }

    /** Adds an encoded, padded chunk; false when it does not fit. */
    boolean add(byte[] chunk) {
        if (chunk.length > packet.remaining()) {
            return false;
        }
        packet.put(chunk);
        return true;
    }

    /** Adds a DATA chunk, which the caller knows to fit in {@link #room()}. */
    void addData(OutgoingChunk chunk) {
        OutgoingMessage message = chunk.message();
        int length = DataChunk.HEADER + chunk.length();
        packet.put((byte) ChunkType.DATA).put((byte) chunk.flags()).putShort((short) length);
        packet.putInt((int) chunk.tsn())
                .putShort((short) message.streamId())
                .putShort((short) message.ssn())
                .putInt(message.payloadProtocol());
        packet.put(message.payload(), chunk.offset(), chunk.length());
        for (int i = length; i < ChunkBytes.padded(length); i++) {
            packet.put((byte) 0);
        }
    }

    /** Completes the packet, hands it out and starts the next one. */
    void finish(int verificationTag, AssociationListener out) {
        int length = packet.position();
        packet.putShort(0, (short) localPort)
                .putShort(2, (short) remotePort)
                .putInt(4, verificationTag)
                .putInt(8, 0);
        crc.reset();
        crc.update(bytes, 0, length);
        packet.putInt(8, Integer.reverseBytes((int) crc.getValue()));
        packet.position(COMMON_HEADER);
        out.packet(bytes, 0, length);
    }
}
