package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/**
 * One direction of an SRTP session: protects or unprotects packets in place.
 *
 * <p>Offsets are absolute; position and limit of the buffer are neither read nor changed. Every method answers the
 * length of the packet afterwards, or one of the negative codes below; on a negative code nothing was remembered about
 * the packet, though its bytes may have been overwritten. An instance belongs to one thread.
 */
public interface SrtpTransformer extends AutoCloseable {
    /** The packet is too short or contradicts itself. */
    int MALFORMED = -1;

    /** The authentication tag is wrong: damaged, forged, or of other keys. */
    int AUTH_FAILED = -2;

    /** This index was seen before (on sending: was protected before, which would reuse a nonce). */
    int REPEATED = -3;

    /** The index lies behind the replay window. */
    int TOO_OLD = -4;

    /** More synchronization sources than this session may have. */
    int TOO_MANY_SOURCES = -5;

    /** The key has protected as many packets as it may, or the index would run over. */
    int EXHAUSTED = -6;

    /** The buffer has no room for the tag behind the packet. */
    int NO_ROOM = -7;

    /** The profile in use. */
    SrtpProfile profile();

    /** Encrypts and tags the RTP packet; needs {@link SrtpProfile#rtpTagBytes()} free bytes behind it. */
    int protectRtp(ByteBuffer buffer, int offset, int length);

    /** Checks and decrypts the SRTP packet. */
    int unprotectRtp(ByteBuffer buffer, int offset, int length);

    /** Encrypts and tags the RTCP compound; needs {@link SrtpProfile#rtcpTagBytes()} + 4 free bytes behind it. */
    int protectRtcp(ByteBuffer buffer, int offset, int length);

    /** Checks and decrypts the SRTCP packet. */
    int unprotectRtcp(ByteBuffer buffer, int offset, int length);

    /** Forgets the keys. Call it on the instance's thread; no packet may follow. */
    @Override
    void close();
}
