package dev.parley.sfu;

import java.nio.ByteBuffer;

/**
 * The way out to one participant's transport. Called on the agent thread only. The bytes are plaintext and may be overwritten in
 * place: at least 64 bytes of room lie behind the packet. They are valid during the call only.
 */
public interface PacketSink {
    /** Room for a packet in {@link #outgoing}. */
    int OUTGOING_BYTES = 2048;

    /**
     * A buffer in network byte order in which the next RTP packet may be written, from {@link #outgoingOffset} on and at most {@value #OUTGOING_BYTES} bytes with the room
     * behind it, so that it need not be copied. Null when there is none.
     */
    default ByteBuffer outgoing() {
        return null;
    }

    /** Where in {@link #outgoing} the next packet goes; asked for before each. */
    default int outgoingOffset() {
        return 0;
    }

    /** Sends one RTP packet. */
    void rtp(ByteBuffer buffer, int offset, int length);

    /** Sends one RTCP compound packet. */
    void rtcp(ByteBuffer buffer, int offset, int length);
}
