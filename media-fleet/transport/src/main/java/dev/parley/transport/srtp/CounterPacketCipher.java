package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** SRTP and SRTCP under AES-CM and HMAC-SHA1-80 (RFC 3711 section 4.1.1, 4.2). The index word stands before the tag. */
final class CounterPacketCipher implements PacketCipher {
    private static final int TAG_BYTES = 10;
    private static final int MAC_BYTES = 20;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int ENCRYPTED_BIT = 0x8000_0000;

    private final CounterCipher cipher;
    private final byte[] salt;
    private final byte[] counterBlock = new byte[CounterCipher.BLOCK_BYTES];
    private final byte[] mac = new byte[MAC_BYTES];

    CounterPacketCipher(CounterCipher cipher, byte[] salt) {
        this.cipher = cipher;
        this.salt = salt.clone();
    }

    @Override
    public boolean sealRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index) {
        counterBlock(ssrc, index);
        cipher.apply(counterBlock, buffer, offset + headerLength, length - headerLength);
        cipher.mac(buffer, offset, length, (int) (index >>> 16), mac);
        buffer.put(offset + length, mac, 0, TAG_BYTES);
        return true;
    }

    @Override
    public boolean openRtp(ByteBuffer buffer, int offset, int headerLength, int length, int ssrc, long index) {
        cipher.mac(buffer, offset, length, (int) (index >>> 16), mac);
        if (!tagMatches(buffer, offset + length)) {
            return false;
        }
        counterBlock(ssrc, index);
        cipher.apply(counterBlock, buffer, offset + headerLength, length - headerLength);
        return true;
    }

    @Override
    public boolean sealRtcp(ByteBuffer buffer, int offset, int length, int ssrc, int index) {
        counterBlock(ssrc, index);
        cipher.apply(counterBlock, buffer, offset + RTCP_HEADER_BYTES, length - RTCP_HEADER_BYTES);
        Packets.putInt(buffer, offset + length, index | ENCRYPTED_BIT);
        cipher.mac(buffer, offset, length + 4, mac);
        buffer.put(offset + length + 4, mac, 0, TAG_BYTES);
        return true;
    }

    @Override
    public int rtcpIndexWord(ByteBuffer buffer, int offset, int protectedLength) {
        return Packets.getInt(buffer, offset + protectedLength - TAG_BYTES - 4);
    }

    @Override
    public boolean openRtcp(ByteBuffer buffer, int offset, int length, int ssrc, int indexWord) {
        cipher.mac(buffer, offset, length + 4, mac);
        if (!tagMatches(buffer, offset + length + 4)) {
            return false;
        }
        if ((indexWord & ENCRYPTED_BIT) != 0) {
            counterBlock(ssrc, indexWord & ~ENCRYPTED_BIT);
            cipher.apply(counterBlock, buffer, offset + RTCP_HEADER_BYTES, length - RTCP_HEADER_BYTES);
        }
        return true;
    }

    /** Compares in constant time: how many bytes agree must not show. */
    private boolean tagMatches(ByteBuffer buffer, int at) {
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= mac[i] ^ buffer.get(at + i);
        }
        return difference == 0;
    }

    /** RFC 3711 section 4.1.1: salt, SSRC and index mixed, 16 zero bits of block counter behind. */
    private void counterBlock(int ssrc, long index) {
        System.arraycopy(salt, 0, counterBlock, 0, salt.length);
        counterBlock[14] = 0;
        counterBlock[15] = 0;
        for (int i = 0; i < 4; i++) {
            counterBlock[4 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            counterBlock[8 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
    }
}
