package dev.parley.sctp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The body of an INIT or INIT ACK chunk (RFC 9260 sections 3.3.2 and 3.3.3).
 *
 * @param tag the sender's verification tag, never 0
 * @param windowBytes the sender's receive window
 * @param outboundStreams how many streams the sender wants to send on
 * @param maxInboundStreams how many streams the sender takes
 * @param firstTsn the sender's first TSN, as on the wire
 * @param forwardTsn whether the sender takes FORWARD TSN
 * @param reconfig whether the sender takes RE-CONFIG
 * @param cookie the state cookie of an INIT ACK, empty in an INIT
 * @param unrecognized parameters to report back, one after the other, each as received
 */
record Init(
        int tag,
        long windowBytes,
        int outboundStreams,
        int maxInboundStreams,
        int firstTsn,
        boolean forwardTsn,
        boolean reconfig,
        byte[] cookie,
        byte[] unrecognized) {
    private static final int FIXED = 16;
    private static final int PARAMETER_HEADER = 4;
    private static final int MOST_REPORTED = 256;

    /** Reads the chunk the reader stands on; empty when it is not usable. */
    static Optional<Init> read(PacketReader in) {
        if (in.bodyLength() < FIXED || in.i32(0) == 0) {
            return Optional.empty();
        }
        boolean forwardTsn = false;
        boolean reconfig = false;
        byte[] cookie = new byte[0];
        ByteArrayOutputStream unrecognized = new ByteArrayOutputStream();
        int at = FIXED;
        while (in.bodyLength() - at >= PARAMETER_HEADER) {
            int type = in.u16(at);
            int length = in.u16(at + 2);
            if (length < PARAMETER_HEADER || at + length > in.bodyLength()) {
                return Optional.empty();
            }
            switch (type) {
                case ChunkType.PARAM_STATE_COOKIE ->
                    cookie = in.bytes(at + PARAMETER_HEADER, length - PARAMETER_HEADER);
                case ChunkType.PARAM_FORWARD_TSN_SUPPORTED -> forwardTsn = true;
                case ChunkType.PARAM_SUPPORTED_EXTENSIONS -> {
                    for (int i = PARAMETER_HEADER; i < length; i++) {
                        reconfig |= in.u8(at + i) == ChunkType.RE_CONFIG;
                        forwardTsn |= in.u8(at + i) == ChunkType.FORWARD_TSN;
                    }
                }
                default -> {
                    if (ChunkType.unknownIsReported(type, 16) && unrecognized.size() + length <= MOST_REPORTED) {
                        unrecognized.writeBytes(in.bytes(at, length));
                        unrecognized.writeBytes(new byte[ChunkBytes.padded(length) - length]);
                    }
                    if (!ChunkType.unknownIsSkipped(type, 16) && !isHarmless(type)) {
                        at = in.bodyLength();
                    }
                }
            }
            at += ChunkBytes.padded(length);
        }
        return Optional.of(new Init(
                in.i32(0),
                Integer.toUnsignedLong(in.i32(4)),
                in.u16(8),
                in.u16(10),
                in.i32(12),
                forwardTsn,
                reconfig,
                cookie,
                unrecognized.toByteArray()));
    }

    /** Parameters RFC 9260 defines that mean nothing under DTLS: addresses, cookie preservative, address types. */
    private static boolean isHarmless(int type) {
        return type == 5 || type == 6 || type == 8 || type == 9 || type == 11 || type == 12;
    }

    /** The encoded chunk. */
    byte[] encode(int chunkType) {
        ByteBuffer body =
                ByteBuffer.allocate(FIXED + 8 + 4 + 4 + ChunkBytes.padded(cookie.length) + unrecognized.length * 2 + 8);
        body.putInt(tag)
                .putInt((int) windowBytes)
                .putShort((short) outboundStreams)
                .putShort((short) maxInboundStreams)
                .putInt(firstTsn);
        if (cookie.length > 0) {
            body.putShort((short) ChunkType.PARAM_STATE_COOKIE).putShort((short) (4 + cookie.length));
            body.put(cookie).put(new byte[ChunkBytes.padded(cookie.length) - cookie.length]);
        }
        if (forwardTsn) {
            body.putShort((short) ChunkType.PARAM_FORWARD_TSN_SUPPORTED).putShort((short) 4);
        }
        if (reconfig) {
            body.putShort((short) ChunkType.PARAM_SUPPORTED_EXTENSIONS).putShort((short) 6);
            body.put((byte) ChunkType.RE_CONFIG)
                    .put((byte) ChunkType.FORWARD_TSN)
                    .putShort((short) 0);
        }
        if (unrecognized.length > 0) {
            body.putShort((short) ChunkType.PARAM_UNRECOGNIZED).putShort((short) (4 + unrecognized.length));
            body.put(unrecognized);
        }
        byte[] encoded = new byte[body.position()];
        body.flip().get(encoded);
        return ChunkBytes.chunk(chunkType, 0, encoded);
    }
}
