package dev.parley.sctp;

/**
 * What {@link DataChannels} tells its owner. Every method is called from inside a call of {@code DataChannels}, on the
 * caller's thread; it may call it again.
 */
public interface DataChannelListener {

    /**
     * One SCTP packet to put into one DTLS record.
     *
     * @param bytes reused by the next packet: send or copy before returning
     */
    void packet(byte[] bytes, int offset, int length);

    /** The association is up: every negotiated channel is usable from here on. */
    void established();

    /** The peer opened a channel (DCEP, RFC 8832); it is usable at once. */
    void opened(int channelId, String label, String protocol, Reliability reliability);

    /** A text message, decoded from UTF-8. */
    void text(int channelId, String text);

    /**
     * A binary message.
     *
     * @param payload a fresh array, the receiver's to keep
     */
    void binary(int channelId, byte[] payload);

    /** A channel was closed by the peer, or our own close of it is complete. */
    void channelClosed(int channelId);

    /** The association has ended; called once, and nothing after it. */
    void closed(CloseReason reason);
}
