package dev.parley.sctp;

import java.util.concurrent.TimeUnit;

/**
 * The settings of an association. Start from {@link #defaults()}, which suits WebRTC.
 *
 * @param localPort our SCTP port; the SDP's {@code a=sctp-port}
 * @param remotePort the peer's SCTP port
 * @param maxPacketBytes longest SCTP packet we send: a UDP payload of 1200 bytes less 37 bytes of a DTLS 1.2 AES-GCM record
 * @param receiveWindowBytes how much unfinished data of the peer we hold
 * @param maxMessageBytes longest message we accept; a longer one ends the association
 * @param remoteMaxMessageBytes longest message the peer accepts; the SDP's {@code a=max-message-size}
 * @param maxQueuedBytes how much unsent data {@code send} takes before it refuses
 * @param streams how many streams we offer in each direction, at most 65535
 * @param rtoInitialNanos first retransmission timeout (RFC 9260 section 6.3.1)
 * @param rtoMinNanos shortest retransmission timeout; must exceed the peer's acknowledgement delay
 * @param rtoMaxNanos longest retransmission timeout
 * @param sackDelayNanos how long an acknowledgement may wait for a second packet
 * @param cookieLifeNanos how long a state cookie is valid
 * @param maxHandshakeRetransmits how often INIT and COOKIE ECHO are repeated
 * @param maxRetransmits how many timeouts in a row end the association
 */
public record SctpConfig(
        int localPort,
        int remotePort,
        int maxPacketBytes,
        int receiveWindowBytes,
        int maxMessageBytes,
        int remoteMaxMessageBytes,
        int maxQueuedBytes,
        int streams,
        long rtoInitialNanos,
        long rtoMinNanos,
        long rtoMaxNanos,
        long sackDelayNanos,
        long cookieLifeNanos,
        int maxHandshakeRetransmits,
        int maxRetransmits) {

    private static final int SMALLEST_PACKET = 512;

    /** Checks the ranges. */
    public SctpConfig {
        if (maxPacketBytes < SMALLEST_PACKET || maxPacketBytes % 4 != 0) {
            throw new IllegalArgumentException(
                    "maxPacketBytes: at least 512 and a multiple of 4, not " + maxPacketBytes);
        }
        if (receiveWindowBytes < maxMessageBytes) {
            throw new IllegalArgumentException("receiveWindowBytes must hold one message of maxMessageBytes");
        }
        if (streams < 1 || streams > 65535) {
            throw new IllegalArgumentException("streams: 1 to 65535, not " + streams);
        }
    }

    /** What suits a WebRTC peer: port 5000, packets of 1160 bytes, messages of up to 256 KiB. */
    public static SctpConfig defaults() {
        return new SctpConfig(
                5000,
                5000,
                1160,
                1 << 20,
                256 << 10,
                256 << 10,
                4 << 20,
                65535,
                TimeUnit.MILLISECONDS.toNanos(500),
                TimeUnit.MILLISECONDS.toNanos(400),
                TimeUnit.SECONDS.toNanos(10),
                TimeUnit.MILLISECONDS.toNanos(50),
                TimeUnit.SECONDS.toNanos(60),
                8,
                10);
    }

    /** The same with other ports. */
    public SctpConfig withPorts(int local, int remote) {
        return new SctpConfig(
                local,
                remote,
                maxPacketBytes,
                receiveWindowBytes,
                maxMessageBytes,
                remoteMaxMessageBytes,
                maxQueuedBytes,
                streams,
                rtoInitialNanos,
                rtoMinNanos,
                rtoMaxNanos,
                sackDelayNanos,
                cookieLifeNanos,
                maxHandshakeRetransmits,
                maxRetransmits);
    }

    /** The same with other message limits, in bytes: what we accept, and what the peer accepts. */
    public SctpConfig withMaxMessageBytes(int local, int remote) {
        return new SctpConfig(
                localPort,
                remotePort,
                maxPacketBytes,
                Math.max(receiveWindowBytes, local),
                local,
                remote,
                maxQueuedBytes,
                streams,
                rtoInitialNanos,
                rtoMinNanos,
                rtoMaxNanos,
                sackDelayNanos,
                cookieLifeNanos,
                maxHandshakeRetransmits,
                maxRetransmits);
    }

    /** The same with another receive window and send queue, in bytes. */
    public SctpConfig withBuffers(int receiveWindow, int maxQueued) {
        return new SctpConfig(
                localPort,
                remotePort,
                maxPacketBytes,
                receiveWindow,
                maxMessageBytes,
                remoteMaxMessageBytes,
                maxQueued,
                streams,
                rtoInitialNanos,
                rtoMinNanos,
                rtoMaxNanos,
                sackDelayNanos,
                cookieLifeNanos,
                maxHandshakeRetransmits,
                maxRetransmits);
    }
}
