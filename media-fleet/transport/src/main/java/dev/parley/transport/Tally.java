package dev.parley.transport;

import dev.parley.transport.srtp.SrtpTransformer;
import dev.parley.transport.udp.UdpCounters;
import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one port: the agent adds, any thread reads. {@link Event#DTLS_OUTBOX_FULL} alone is the sessions' threads'. */
final class Tally {
    /** What is counted. */
    enum Event {
        STUN_VALID,
        STUN_REFUSED,
        STUN_MALFORMED,
        STUN_UNKNOWN_UFRAG,
        STUN_BAD_INTEGRITY,
        STUN_IGNORED,
        DTLS_HELD,
        DTLS_INBOX_FULL,
        DTLS_OUTBOX_FULL,
        MEDIA_UNKNOWN_ADDRESS,
        MEDIA_BEFORE_KEYS,
        SRTP_MALFORMED,
        SRTP_AUTH_FAILED,
        SRTP_REPLAYED,
        SRTP_REFUSED,
        SEND_REPEATED,
        UNKNOWN_DATAGRAM,
        FAILURE
    }

    private final AtomicLongArray counts = new AtomicLongArray(Event.values().length);

    void add(Event event) {
        int at = event.ordinal();
        counts.setOpaque(at, counts.getPlain(at) + 1);
    }

    /** Counts a datagram that the agent did not take. Any thread. */
    void addOutboxFull() {
        counts.getAndIncrement(Event.DTLS_OUTBOX_FULL.ordinal());
    }

    /** Counts a negative answer of an SRTP transformer to a received packet. */
    void addReceiveFailure(int srtpCode) {
        add(
                switch (srtpCode) {
                    case SrtpTransformer.MALFORMED -> Event.SRTP_MALFORMED;
                    case SrtpTransformer.AUTH_FAILED -> Event.SRTP_AUTH_FAILED;
                    case SrtpTransformer.REPEATED, SrtpTransformer.TOO_OLD -> Event.SRTP_REPLAYED;
                    default -> Event.SRTP_REFUSED;
                });
    }

    /** Counts a negative answer of an SRTP transformer to a packet of ours. */
    void addSendFailure(int srtpCode) {
        add(srtpCode == SrtpTransformer.REPEATED ? Event.SEND_REPEATED : Event.SRTP_REFUSED);
    }

    private long get(Event event) {
        return counts.getOpaque(event.ordinal());
    }

    PortCounters read(UdpCounters udp, int sessions) {
        return new PortCounters(
                udp,
                sessions,
                get(Event.STUN_VALID),
                get(Event.STUN_REFUSED),
                get(Event.STUN_MALFORMED),
                get(Event.STUN_UNKNOWN_UFRAG),
                get(Event.STUN_BAD_INTEGRITY),
                get(Event.STUN_IGNORED),
                get(Event.DTLS_HELD),
                get(Event.DTLS_INBOX_FULL),
                get(Event.DTLS_OUTBOX_FULL),
                get(Event.MEDIA_UNKNOWN_ADDRESS),
                get(Event.MEDIA_BEFORE_KEYS),
                get(Event.SRTP_MALFORMED),
                get(Event.SRTP_AUTH_FAILED),
                get(Event.SRTP_REPLAYED),
                get(Event.SRTP_REFUSED),
                get(Event.SEND_REPEATED),
                get(Event.UNKNOWN_DATAGRAM),
                get(Event.FAILURE));
    }
}
