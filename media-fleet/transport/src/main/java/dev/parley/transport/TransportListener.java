package dev.parley.transport;

import java.nio.ByteBuffer;

/**
 * What a session tells its owner.
 *
 * <p>Media and the session's state arrive on the agent's thread, which must not wait. Messages arrive on the session's
 * own virtual thread: parse them there, and hand the agent a command.
 */
public interface TransportListener {
    /** Agent's thread: the keys are in place, media may be sent. */
    void connected();

    /** Agent's thread: an authentic RTP packet, decrypted in place; the buffer is valid during the call and may be changed. */
    void rtp(ByteBuffer buffer, int offset, int length, long nowNanos);

    /** Agent's thread: an authentic RTCP compound, decrypted in place; as with {@link #rtp}. */
    void rtcp(ByteBuffer buffer, int offset, int length, long nowNanos);

    /** Agent's thread: nothing authentic was heard for some seconds; media sent now is probably lost. */
    default void disconnected() {}

    /** Agent's thread: the peer is heard again. */
    default void reconnected() {}

    /** Agent's thread: the session is over. Called exactly once, and nothing follows on this thread. */
    void closed(CloseReason reason, String detail);

    /** Session's thread: a channel can be used: the agreed ones when the association is up, others when the peer opens them. */
    default void channelOpen(int channelId, String label) {}

    /** Session's thread: a text message. */
    void text(int channelId, String message);

    /** Session's thread: a binary message, the receiver's to keep. */
    default void binary(int channelId, byte[] message) {}
}
