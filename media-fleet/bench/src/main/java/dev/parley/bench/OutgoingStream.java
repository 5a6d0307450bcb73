package dev.parley.bench;

import dev.parley.bench.wire.BurstSender;
import dev.parley.bench.wire.LightTransport;
import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.TransportSequence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * A stream of packets that are media by their outside: VP8 (RFC 7741) with a key frame every second, or Opus with an audio level. Every packet ends with
 * the time at which it was made.
 */
final class OutgoingStream {
    private static final int DESCRIPTOR_BYTES = 6;
    private static final int NAMED_PACKETS = 100;
    /** Requests for key frames closer than this, in frames, get the one that was just sent. */
    private static final int FRAMES_BETWEEN_KEY_FRAMES = 3;

    private final LightTransport transport;
    private final StreamShape shape;
    private final long gapNanos;
    private final byte[] packet = new byte[1500];
    private final ByteBuffer buffer = ByteBuffer.wrap(packet);
    private final RtpWriter writer = new RtpWriter();
    private final byte[] mid;
    private final byte[] rid;
    private long frameStartNanos;
    private int packetOfFrame;
    private long frame;
    private long sequence;
    private long nextKeyFrame;
    private long lastKeyFrame;
    private boolean key;
    private volatile boolean keyFrameWanted;

    /**
     * A stream that has not begun.
     *
     * @param gapNanos time between the packets of a frame, 0 sends them at once
     */
    OutgoingStream(LightTransport transport, StreamShape shape, long gapNanos) {
        this.transport = transport;
        this.shape = shape;
        this.gapNanos = gapNanos;
        mid = shape.mid().getBytes(StandardCharsets.US_ASCII);
        rid = shape.rid().getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins, or goes on after a pause, at this time. */
    void startAt(long nanos) {
        frameStartNanos = nanos;
        packetOfFrame = 0;
    }

    long frameNanos() {
        return shape.frameNanos();
    }

    /** Any thread: makes the next frame a key frame. */
    void wantKeyFrame() {
        keyFrameWanted = true;
    }

    LightTransport transport() {
        return transport;
    }

    long ssrc() {
        return shape.ssrc();
    }

    /** When the next packet is due. */
    long dueNanos() {
        return frameStartNanos + packetOfFrame * gapNanos;
    }

    /** Whether the next packet begins a frame. */
    boolean betweenFrames() {
        return packetOfFrame == 0;
    }

    /** Lets a frame's time pass without sending it. */
    void skipFrame() {
        frameStartNanos += shape.frameNanos();
    }

    /** Gives the next packet to the sender, which must be flushed. */
    void send(BurstSender sender) throws GeneralSecurityException {
        boolean first = packetOfFrame == 0;
        boolean last = packetOfFrame == shape.packetsPerFrame() - 1;
        writer.begin(
                        buffer,
                        0,
                        shape.video() ? PeerPlan.VP8 : PeerPlan.OPUS,
                        last && shape.video(),
                        (int) (sequence & 0xFFFF),
                        frame * (shape.video() ? 90_000 : 48_000) / shape.framesPerSecond() & 0xFFFF_FFFFL,
                        shape.ssrc())
                .beginExtensions(false);
        int at = writer.extension(PeerPlan.TRANSPORT_SEQUENCE_ID, 2);
        TransportSequence.write(buffer, at, transport.nextTransportSequence());
        if (!shape.video()) {
            writer.extension(PeerPlan.AUDIO_LEVEL_ID, new byte[] {(byte) (0x80 | shape.level())});
        }
        if (sequence < NAMED_PACKETS && rid.length > 0) {
            writer.extension(PeerPlan.MID_ID, mid).extension(PeerPlan.RID_ID, rid);
        }
        writer.endExtensions();
        int header = writer.position();
        if (shape.video()) {
            if (first) {
                key = frame >= nextKeyFrame || keyFrameWanted && frame >= lastKeyFrame + FRAMES_BETWEEN_KEY_FRAMES;
                if (key) {
                    keyFrameWanted = false;
                    lastKeyFrame = frame;
                    nextKeyFrame = frame + shape.framesPerSecond();
                }
            }
            describe(header, first, key);
        }
        int length = header + shape.payloadBytes();
        buffer.putLong(length - Long.BYTES, System.nanoTime());
        transport.sendRtp(sender, packet, header, length, sequence >> 16);
        sequence++;
        packetOfFrame = last ? 0 : packetOfFrame + 1;
        if (last) {
            frame++;
            frameStartNanos += shape.frameNanos();
        }
    }

    /** The VP8 payload descriptor, and in a frame's first packet the frame's head. */
    private void describe(int at, boolean first, boolean key) {
        buffer.put(at, (byte) (first ? 0x90 : 0x80));
        buffer.put(at + 1, (byte) 0xE0);
        buffer.putShort(at + 2, (short) (0x8000 | frame & 0x7FFF));
        buffer.put(at + 4, (byte) frame);
        buffer.put(at + 5, (byte) 0);
        if (first) {
            int head = at + DESCRIPTOR_BYTES;
            buffer.put(head, (byte) (key ? 0x10 : 0x11));
            if (key) {
                buffer.put(head + 3, (byte) 0x9D).put(head + 4, (byte) 0x01).put(head + 5, (byte) 0x2A);
                buffer.put(head + 6, (byte) shape.width()).put(head + 7, (byte) (shape.width() >> 8));
                buffer.put(head + 8, (byte) shape.height()).put(head + 9, (byte) (shape.height() >> 8));
            }
        }
    }
}
