package dev.parley.bench.wire;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.extension.TransportSequence;
import dev.parley.rtp.twcc.ArrivalLog;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** What one transport got. Counters belong to the thread that reads the socket. */
public final class Received {
    /** Every so many packets one is opened: its tag is verified and its send time read. */
    static final int SAMPLE_EVERY = 100;

    private static final int MAX_PACKET = 2048;
    private static final int PADDING_BIT = 0x20;

    private final SsrcStreams streams;
    private final SrtpGcm srtp;
    private final int transportSequenceId;
    private final ArrivalLog arrivals = new ArrivalLog(4096);
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final CountDownLatch first = new CountDownLatch(1);
    private final byte[] sample;
    private final ByteBuffer sampleBuffer;
    private volatile Transit transit;
    private volatile long firstNanos;
    private long media;
    private long other;
    private long unsound;
    private long lastMediaSsrc;
    private long mediaBytes;
    private long numbered;
    private long expected;

    /** @param sample room for one packet, of the reading thread */
    Received(Set<Long> mediaSsrcs, int transportSequenceId, SrtpGcm srtp, Transit transit, byte[] sample) {
        this.streams = new SsrcStreams(mediaSsrcs);
        this.transportSequenceId = transportSequenceId;
        this.srtp = srtp;
        this.transit = transit;
        this.sample = sample;
        this.sampleBuffer = ByteBuffer.wrap(sample);
    }

    /** Any thread: where its samples are counted from now on. */
    public void countIn(Transit other) {
        transit = other;
    }

    /** Reached when the first packet of media has come. */
    public CountDownLatch first() {
        return first;
    }

    /** When the first packet of media came, by {@link System#nanoTime()}; after {@link #first()}. */
    public long firstNanos() {
        return firstNanos;
    }

    void rtp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        // The count of padding is encrypted still: only the header can be read.
        byte head = buffer.get(offset);
        buffer.put(offset, (byte) (head & ~PADDING_BIT));
        boolean wrapped = packet.tryWrap(buffer, offset, length);
        buffer.put(offset, head);
        if (!wrapped) {
            unsound++;
            return;
        }
        if (transportSequenceId != 0) {
            extensions.wrap(packet);
            if (extensions.find(transportSequenceId)) {
                numbered++;
                arrivals.onPacket(TransportSequence.read(extensions.buffer(), extensions.valueOffset()), nowNanos);
            }
        }
        SsrcStreams.Stream stream = streams.find(packet.ssrc());
        if (!stream.media) {
            other++;
            return;
        }
        lastMediaSsrc = stream.ssrc;
        mediaBytes += length;
        long before = stream.sequences.highest();
        long extended = stream.sequences.unwrap(packet.sequenceNumber());
        expected += before < 0 ? 1 : Math.max(0, extended - before);
        if (media == 0) {
            firstNanos = nowNanos;
            first.countDown();
        }
        if (media++ % SAMPLE_EVERY == 0) {
            open(buffer, offset, length, (extended >> 16) - 1, (head & PADDING_BIT) != 0, nowNanos);
        }
    }

    private void open(ByteBuffer buffer, int offset, int length, long rollover, boolean padded, long nowNanos) {
        if (length > MAX_PACKET) {
            unsound++;
            return;
        }
        buffer.get(offset, sample, 0, length);
        try {
            int opened = srtp.openRtp(sample, packet.headerLength(), length, rollover);
            if (opened < 0) {
                unsound++;
            } else {
                int end = padded ? opened - (sample[opened - 1] & 0xFF) : opened;
                transit.add(nowNanos - sampleBuffer.getLong(end - Long.BYTES));
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
    public long media() {
        return media;
    }

    /** Packets of media that there should be, going by their sequence numbers. */
    public long expected() {
        return expected;
    }

    /** Bytes of those packets, as datagrams. */
    public long mediaBytes() {
        return mediaBytes;
    }

    /** Packets with a transport-wide number, which the feedback is about. */
    public long numbered() {
        return numbered;
    }

    /** Packets of other streams: retransmissions and probes. */
    public long other() {
        return other;
    }

    /** Packets that are no RTP, and samples whose tag is wrong. */
    public long unsound() {
        return unsound;
    }
}
