package dev.parley.transport.srtp;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

/** What one thread needs off-heap for one packet, whichever key it is under. */
final class IpsecMbScratch {
    private static final ThreadLocal<IpsecMbScratch> OF_THREAD = ThreadLocal.withInitial(IpsecMbScratch::new);

    static final int OPERATION_AT = 0;
    static final int NONCE_AT = 128;
    static final int TAG_AT = 192;
    private static final int AAD_AT = 256;
    private static final int AAD_BYTES = 2048;
    private static final int KNOWN_BUFFERS = 4;
    private static final int LARGEST_TEXT_BYTES = 65_536;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(AAD_AT + AAD_BYTES + 64).alignedSlice(64);
    private final long address = MemorySegment.ofBuffer(memory).address();
    private final byte[] nonce = new byte[AeadCipher.NONCE_BYTES];
    private byte[] aad = new byte[AAD_BYTES];
    private ByteBuffer text;
    private long textAddress;
    private final ByteBuffer[] knownBuffers = new ByteBuffer[KNOWN_BUFFERS];
    private final long[] knownAddresses = new long[KNOWN_BUFFERS];
    private int nextKnown;

    /** That of the calling thread. */
    static IpsecMbScratch ofThread() {
        return OF_THREAD.get();
    }

    long address(int at) {
        return address + at;
    }

    long aadAddress() {
        return address + AAD_AT;
    }

    void nonceAndAad(byte[] nonce, byte[] aad, int aadLength) {
        memory.put(NONCE_AT, nonce, 0, AeadCipher.NONCE_BYTES);
        memory.put(AAD_AT, aad, 0, aadLength);
    }

    void nonce(long head, int tail) {
        memory.putLong(NONCE_AT, head);
        memory.putInt(NONCE_AT + Long.BYTES, tail);
    }

    /** Brings nonce and associated data of a packet in a heap buffer into arrays. */
    void bytes(long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength) {
        nonce(nonceHead, nonceTail);
        memory.get(NONCE_AT, nonce, 0, nonce.length);
        if (aad.length < aadLength) {
            aad = new byte[aadLength];
        }
        buffer.get(offset, aad, 0, aadLength);
    }

    byte[] nonce() {
        return nonce;
    }

    byte[] aad() {
        return aad;
    }

    /** Where byte 0 of a direct buffer lies. The last four are remembered: an agent receives into one and sends media and RTCP from two others. */
    long addressOf(ByteBuffer buffer) {
        for (int i = 0; i < KNOWN_BUFFERS; i++) {
            if (knownBuffers[i] == buffer) {
                return knownAddresses[i];
            }
        }
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        int at = nextKnown;
        nextKnown = (at + 1) % KNOWN_BUFFERS;
        knownAddresses[at] = MemorySegment.ofBuffer(buffer).address() - buffer.position();
        knownBuffers[at] = buffer;
        return knownAddresses[at];
    }

    /** Room for a text that lies in a heap buffer. */
    ByteBuffer text(int bytes) {
        if (text == null || text.capacity() < bytes) {
            if (bytes > LARGEST_TEXT_BYTES + AeadCipher.TAG_BYTES) {
                throw new SrtpException("a packet of " + bytes + " bytes is no datagram");
            }
            text = ByteBuffer.allocateDirect(Math.max(bytes, 2048));
            textAddress = MemorySegment.ofBuffer(text).address();
        }
        return text;
    }

    long textAddress() {
        return textAddress;
    }

    /** Compares the computed tag with the one at {@code at} in constant time: how many bytes agree must not show. */
    boolean tagMatches(ByteBuffer buffer, int at) {
        int difference = 0;
        for (int i = 0; i < AeadCipher.TAG_BYTES; i++) {
            difference |= memory.get(TAG_AT + i) ^ buffer.get(at + i);
        }
        return difference == 0;
    }
}
