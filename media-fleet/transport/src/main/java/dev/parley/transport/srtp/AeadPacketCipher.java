package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** SRTP and SRTCP under AES-GCM (RFC 7714 sections 8 and 9). The index word of SRTCP stands behind the tag. */
final class AeadPacketCipher implements PacketCipher {
    /** Longest associated data: a header with 15 CSRCs and a full extension never comes near an Ethernet frame. */
    private static final int MAX_AAD_BYTES = 2048;

    private static final int RTCP_HEADER_BYTES = 8;
    private static final int ENCRYPTED_BIT = 0x8000_0000;

    private final AeadCipher cipher;
    private final byte[] salt;
    private final byte[] nonce = new byte[AeadCipher.NONCE_BYTES];
    private final byte[] aad = new byte[MAX_AAD_BYTES];

    AeadPacketCipher(AeadCipher cipher, byte[] salt) {
        this.cipher = cipher;
        this.salt = salt.clone();
    }

    @Override
    public boolean sealRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index) {
        if (headerLength > MAX_AAD_BYTES) {
            return false;
        }
        buffer.get(offset, aad, 0, headerLength);
        nonce(ssrc, index);
        return cipher.seal(nonce, aad, headerLength, buffer, offset + headerLength, length - headerLength);
    }

    @Override
    public boolean openRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index) {
        if (headerLength > MAX_AAD_BYTES) {
            return false;
        }
        buffer.get(offset, aad, 0, headerLength);
        nonce(ssrc, index);
        return cipher.open(nonce, aad, headerLength, buffer, offset + headerLength, length - headerLength);
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
        buffer.get(offset, aad, 0, clearLength);
        aad[clearLength] = (byte) (indexWord >>> 24);
        aad[clearLength + 1] = (byte) (indexWord >>> 16);
        aad[clearLength + 2] = (byte) (indexWord >>> 8);
        aad[clearLength + 3] = (byte) indexWord;
    }

    /** RFC 7714 sections 8.1 and 9.1: two zero bytes, SSRC and the 48-bit index, mixed with the salt. */
    private void nonce(int ssrc, long index) {
        nonce[0] = salt[0];
        nonce[1] = salt[1];
        for (int i = 0; i < 4; i++) {
            nonce[2 + i] = (byte) (salt[2 + i] ^ ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            nonce[6 + i] = (byte) (salt[6 + i] ^ index >>> 40 - 8 * i);
        }
    }
}
