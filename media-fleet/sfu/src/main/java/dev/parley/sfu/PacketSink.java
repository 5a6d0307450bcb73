package dev.parley.sfu;

import java.nio.ByteBuffer;

/**
 * The way out to one participant's transport. Called on the agent thread only. The bytes are plaintext and may be overwritten in
 * place: at least 64 bytes of room lie behind the packet. They are valid during the call only.
 */
public interface PacketSink {
    /** Sends one RTP packet. */
    void rtp(ByteBuffer buffer, int offset, int length);

    /** Sends one RTCP compound packet. */
    void rtcp(ByteBuffer buffer, int offset, int length);
}
