package dev.parley.bench;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.SequenceUnwrapper;
import dev.parley.rtp.extension.TransportSequence;
import dev.parley.rtp.twcc.ArrivalLog;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What one participant got. Belongs to the thread that reads its socket. */
final class Received {
    /** Every so many packets one is opened: its tag is verified and its send time read. */
    static final int SAMPLE_EVERY = 100;

    private static final int MAX_PACKET = 2048;
    private static final int PADDING_BIT = 0x20;

    private final Set<Long> mediaSsrcs;
    private final SrtpGcm srtp;
    private final Transit transit;
    private final ArrivalLog arrivals = new ArrivalLog(4096);
    private final Map<Long, SequenceUnwrapper> sequences = new HashMap<>();
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final byte[] sample = new byte[MAX_PACKET];
    private final ByteBuffer sampleBuffer = ByteBuffer.wrap(sample);
    private long media;
    private long other;
    private long unsound;
    private long lastMediaSsrc;
    private long mediaBytes;
    private long numbered;
    private long expected;

    Received(Set<Long> mediaSsrcs, SrtpGcm srtp, Transit transit) {
        this.mediaSsrcs = mediaSsrcs;
        this.srtp = srtp;
        this.transit = transit;
    }

    void rtp(ByteBuffer buffer, int length, long nowNanos) {
        // The count of padding is encrypted still: only the header can be read.
        byte first = buffer.get(0);
        buffer.put(0, (byte) (first & ~PADDING_BIT));
        boolean wrapped = packet.tryWrap(buffer, 0, length);
        buffer.put(0, first);
        if (!wrapped) {
            unsound++;
            return;
        }
        extensions.wrap(packet);
        if (extensions.find(PeerPlan.TRANSPORT_SEQUENCE_ID)) {
            numbered++;
            arrivals.onPacket(TransportSequence.read(extensions.buffer(), extensions.valueOffset()), nowNanos);
        }
        long ssrc = packet.ssrc();
        if (!mediaSsrcs.contains(ssrc)) {
            other++;
            return;
        }
        lastMediaSsrc = ssrc;
        mediaBytes += length;
        SequenceUnwrapper numbers = sequences.computeIfAbsent(ssrc, unused -> new SequenceUnwrapper());
        long before = numbers.highest();
        long extended = numbers.unwrap(packet.sequenceNumber());
        expected += before < 0 ? 1 : Math.max(0, extended - before);
        if (media++ % SAMPLE_EVERY == 0) {
            open(buffer, length, (extended >> 16) - 1, nowNanos);
        }
    }

    private void open(ByteBuffer buffer, int length, long rollover, long nowNanos) {
        buffer.get(0, sample, 0, length);
        try {
            int opened = srtp.openRtp(sample, packet.headerLength(), length, rollover);
            if (opened < 0) {
                unsound++;
            } else {
                transit.add(nowNanos - sampleBuffer.getLong(opened - Long.BYTES));
            }
        } catch (GeneralSecurityException e) {
            unsound++;
        }
    }

    ArrivalLog arrivals() {
        return arrivals;
    }

    /** The stream that feedback is about: the one heard last, 0 before the first. */
    long lastMediaSsrc() {
        return lastMediaSsrc;
    }

    /** Packets of media. */
    long media() {
        return media;
    }

    /** Packets of media that there should be, going by their sequence numbers. */
    long expected() {
        return expected;
    }

    /** Bytes of those packets, as datagrams. */
    long mediaBytes() {
        return mediaBytes;
    }

    /** Packets with a transport-wide number, which the feedback is about. */
    long numbered() {
        return numbered;
    }

    /** Packets of other streams: retransmissions and probes. */
    long other() {
        return other;
    }

    /** Packets that are no RTP, and samples whose tag is wrong. */
    long unsound() {
        return unsound;
    }
}
