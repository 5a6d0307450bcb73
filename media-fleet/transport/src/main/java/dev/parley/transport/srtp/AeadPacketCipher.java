package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** SRTP and SRTCP under AES-GCM (RFC 7714 sections 8 and 9). The index word of SRTCP stands behind the tag. */
final class AeadPacketCipher implements PacketCipher {
    /** Longest associated data: a header with 15 CSRCs and a full extension never comes near an Ethernet frame. */
    private static final int MAX_AAD_BYTES = 2048;

    private static final int USUAL_AAD_BYTES = 16;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int ENCRYPTED_BIT = 0x8000_0000;

    private final AeadCipher cipher;
    private final byte[] salt;
    private final byte[] nonce = new byte[AeadCipher.NONCE_BYTES];
    private final ByteBuffer nonceWords = ByteBuffer.wrap(nonce);
    private final long saltHead;
    private final int saltTail;
    private byte[] aad = new byte[USUAL_AAD_BYTES];

    AeadPacketCipher(AeadCipher cipher, byte[] salt) {
        this.cipher = cipher;
        this.salt = salt.clone();
        ByteBuffer words = ByteBuffer.wrap(this.salt);
        this.saltHead = words.getLong(0);
        this.saltTail = words.getInt(Long.BYTES);
    }

    @Override
    public boolean sealRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index) {
        if (headerLength > MAX_AAD_BYTES) {
            return false;
        }
        return cipher.sealBehind(
                nonceHead(ssrc, index), nonceTail(index), buffer, offset, headerLength, length - headerLength);
    }

    @Override
    public boolean openRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index) {
        if (headerLength > MAX_AAD_BYTES) {
            return false;
        }
        return cipher.openBehind(
                nonceHead(ssrc, index), nonceTail(index), buffer, offset, headerLength, length - headerLength);
    }

    @Override
    public boolean sealRtcp(ByteBuffer buffer, int offset, int length, int ssrc, int index) {
        int word = index | ENCRYPTED_BIT;
        rtcpAad(buffer, offset, RTCP_HEADER_BYTES, word);
        nonce(ssrc, index);
        int textLength = length - RTCP_HEADER_BYTES;
        if (!cipher.seal(nonce, aad, RTCP_HEADER_BYTES + 4, buffer, offset + RTCP_HEADER_BYTES, textLength)) {
            return false;
        }
        Packets.putInt(buffer, offset + length + AeadCipher.TAG_BYTES, word);
        return true;
    }

    @Override
    public int rtcpIndexWord(ByteBuffer buffer, int offset, int protectedLength) {
        return Packets.getInt(buffer, offset + protectedLength - 4);
    }

    @Override
    public boolean openRtcp(ByteBuffer buffer, int offset, int length, int ssrc, int indexWord) {
        nonce(ssrc, indexWord & ~ENCRYPTED_BIT);
        if ((indexWord & ENCRYPTED_BIT) != 0) {
            rtcpAad(buffer, offset, RTCP_HEADER_BYTES, indexWord);
            return cipher.open(
                    nonce, aad, RTCP_HEADER_BYTES + 4, buffer, offset + RTCP_HEADER_BYTES, length - RTCP_HEADER_BYTES);
        }
        if (length + 4 > MAX_AAD_BYTES) {
            return false;
        }
        rtcpAad(buffer, offset, length, indexWord);
        return cipher.open(nonce, aad, length + 4, buffer, offset + length, 0);
    }

    @Override
    public void close() {
        cipher.close();
    }

    private void rtcpAad(ByteBuffer buffer, int offset, int clearLength, int indexWord) {
        if (aad.length < clearLength + 4) {
            aad = new byte[MAX_AAD_BYTES];
        }
        buffer.get(offset, aad, 0, clearLength);
        aad[clearLength] = (byte) (indexWord >>> 24);
        aad[clearLength + 1] = (byte) (indexWord >>> 16);
        aad[clearLength + 2] = (byte) (indexWord >>> 8);
        aad[clearLength + 3] = (byte) indexWord;
    }

    /** RFC 7714 sections 8.1 and 9.1: two zero bytes, SSRC and the 48-bit index, mixed with the salt. The first 8 of them. */
    private long nonceHead(int ssrc, long index) {
        return saltHead ^ (Integer.toUnsignedLong(ssrc) << Short.SIZE | index >>> Integer.SIZE);
    }

    /** The last 4. */
    private int nonceTail(long index) {
        return saltTail ^ (int) index;
    }

    private void nonce(int ssrc, long index) {
        nonceWords.putLong(0, nonceHead(ssrc, index));
        nonceWords.putInt(Long.BYTES, nonceTail(index));
    }
}
