package dev.parley.bench.wire;

import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * ICE of one transport with one candidate on each side (RFC 8445). It answers the other side's checks from the start, asks its own once it knows the other
 * side's credentials, and is fit for lite agents, which never ask, and full ones. As controlling agent the first check answered makes the pair; as controlled
 * agent the pair is the one the other side nominates.
 */
final class IceAgent {
    private static final long PRIORITY = 1_845_501_695L;
    private static final long TIE_BREAKER = 0x5041524C4559L;

    /** Sends one STUN message. */
    interface Sender {
        void send(long remote, byte[] bytes, int length);
    }

    private final Sender sender;
    private final IceCredentials local;
    private final StunKey localKey;
    private final StunIntegrity integrity = new StunIntegrity();
    private final StunWriter writer = new StunWriter();
    private final StunMessage message = new StunMessage();
    private final byte[] bytes = new byte[256];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch nominated = new CountDownLatch(1);
    private byte[] username = {};
    private StunKey remoteKey;
    private boolean controlling;
    private long remote;
    private long transaction;

    IceAgent(IceCredentials local, Sender sender) {
        this.local = local;
        this.sender = sender;
        localKey = new StunKey(local.password());
    }

    /** From now on it asks, too. */
    synchronized void begin(IceCredentials theirs, boolean isControlling, long candidate) {
        username = (theirs.fragment() + ":" + local.fragment()).getBytes(StandardCharsets.US_ASCII);
        remoteKey = new StunKey(theirs.password());
        controlling = isControlling;
        if (remote == 0) {
            remote = candidate;
        }
    }

    /** Sends a check; also keeps consent (RFC 7675). Nothing before {@link #begin}. */
    synchronized void check() {
        if (remoteKey == null) {
            return;
        }
        writer.begin(buffer, 0, StunMessage.BINDING_REQUEST, 1, ++transaction)
                .username(username)
                .priority(PRIORITY);
        if (controlling) {
            writer.controlling(TIE_BREAKER).useCandidate();
        } else {
            writer.controlled(TIE_BREAKER);
        }
        writer.integrity(integrity, remoteKey).fingerprint(integrity);
        sender.send(remote, bytes, writer.length());
    }

    /** Takes what the other side sent. */
    synchronized void receive(ByteBuffer from, int offset, int length, long source) {
        if (!message.tryWrap(from, offset, length)) {
            return;
        }
        if (message.type() == StunMessage.BINDING_SUCCESS && remoteKey != null) {
            if (integrity.verify(message, remoteKey)) {
                answered.countDown();
            }
        } else if (message.type() == StunMessage.BINDING_REQUEST && integrity.verify(message, localKey)) {
            answer(source);
        }
    }

    private void answer(long source) {
        if (message.useCandidate()) {
            remote = source;
            nominated.countDown();
        }
        byte[] address = AddressPlan.inet((int) (source >>> 32)).getAddress();
        writer.respond(buffer, 0, StunMessage.BINDING_SUCCESS, message)
                .xorMappedAddress(address, (int) (source & 0xFFFF))
                .integrity(integrity, localKey)
                .fingerprint(integrity);
        sender.send(source, bytes, writer.length());
    }

    /** Waits until there is a pair to send on. */
    boolean await(long millis) throws InterruptedException {
        return answered.await(millis, TimeUnit.MILLISECONDS)
                && (isControlling() || nominated.await(millis, TimeUnit.MILLISECONDS));
    }

    private synchronized boolean isControlling() {
        return controlling;
    }

    /** Where the other side is: its candidate, or where its nomination came from. */
    synchronized long remote() {
        return remote;
    }
}
