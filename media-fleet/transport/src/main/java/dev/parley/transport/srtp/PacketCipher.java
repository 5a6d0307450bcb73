package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** How one cipher family lays an SRTP or SRTCP packet out. Lengths exclude what protection adds unless said. */
interface PacketCipher extends AutoCloseable {
    /** Protects the packet {@code offset, length}, whose clear part is {@code headerLength}; false when refused. */
    boolean sealRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index);

    /** Checks and decrypts; {@code length} is that of the packet without its tag. */
    boolean openRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index);

    /** Protects the compound and appends tag and index word, in this cipher's order. */
    boolean sealRtcp(ByteBuffer buffer, int offset, int length, int ssrc, int index);

    /** The index word of a protected compound of {@code protectedLength} bytes, E bit included. */
    int rtcpIndexWord(ByteBuffer buffer, int offset, int protectedLength);

    /** Checks and decrypts; {@code length} is that of the compound without tag and index word. */
    boolean openRtcp(ByteBuffer buffer, int offset, int length, int ssrc, int indexWord);

    /** Forgets its key. */
    @Override
    default void close() {}
}
