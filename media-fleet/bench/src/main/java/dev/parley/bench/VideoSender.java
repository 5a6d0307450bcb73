package dev.parley.bench;

import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.TransportSequence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a camera's packets on a thread of its own: frames at a steady rate, their packets in one burst or spread, VP8 by its outside (RFC 7741), numbers
 * inside. Every packet ends with the time at which it was made.
 */
final class VideoSender implements AutoCloseable {
    static final int FRAMES_PER_SECOND = 30;

    /** With 20 bytes of header here, 4 more that the node adds, and 16 of tag: 1200 at the receiver. */
    private static final int PAYLOAD_BYTES = 1160;

    private static final int DESCRIPTOR_BYTES = 6;
    private static final int TICKS_PER_FRAME = 90_000 / FRAMES_PER_SECOND;
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;

    private final LightPeer peer;
    private final int packetsPerFrame;
    private final long gapNanos;
    private final Thread thread;
    private final byte[] packet = new byte[1500];
    private final ByteBuffer buffer = ByteBuffer.wrap(packet);
    private final RtpWriter writer = new RtpWriter();
    private volatile boolean running = true;
    private volatile boolean paused;
    private volatile long sent;
    private volatile long late;
    private long sequence;
    private long frame;

    /**
     * Starts sending.
     *
     * @param packetsPerFrame packets of a frame
     * @param gapNanos time between the packets of a frame, 0 sends them at once
     */
    VideoSender(LightPeer peer, int packetsPerFrame, long gapNanos) {
        this.peer = peer;
        this.packetsPerFrame = packetsPerFrame;
        this.gapNanos = gapNanos;
        thread = Thread.ofPlatform().daemon().name("camera").start(this::run);
    }

    /** Packets sent so far. */
    long sent() {
        return sent;
    }

    /** Frames that began more than a quarter of a frame's time late: this machine could not keep the pace. */
    long late() {
        return late;
    }

    /** Sends no frame until told otherwise. */
    void pause(boolean value) {
        paused = value;
    }

    private void run() {
        long frameNanos = 1_000_000_000L / FRAMES_PER_SECOND;
        long next = System.nanoTime();
        while (running) {
            await(next);
            if (!paused) {
                if (System.nanoTime() - next > frameNanos / 4) {
                    late++;
                }
                sendFrame(next);
            }
            next = Math.max(next + frameNanos, System.nanoTime() - frameNanos);
        }
    }

    private static void await(long atNanos) {
        for (long left = atNanos - System.nanoTime(); left > 0; left = atNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void sendFrame(long startNanos) {
        boolean key = frame % FRAMES_PER_SECOND == 0;
        for (int i = 0; i < packetsPerFrame; i++) {
            if (gapNanos > 0) {
                await(startNanos + i * gapNanos);
            }
            try {
                send(i == 0, i == packetsPerFrame - 1, key);
            } catch (IOException | GeneralSecurityException e) {
                if (running) {
                    System.err.println("a packet could not be sent: " + e.getMessage());
                }
            }
        }
        frame++;
    }

    private void send(boolean first, boolean last, boolean key) throws IOException, GeneralSecurityException {
        writer.begin(
                        buffer,
                        0,
                        PeerPlan.VP8,
                        last,
                        (int) (sequence & 0xFFFF),
                        frame * TICKS_PER_FRAME & 0xFFFF_FFFFL,
                        PeerPlan.CAMERA_SSRC)
                .beginExtensions(false);
        int at = writer.extension(PeerPlan.TRANSPORT_SEQUENCE_ID, 2);
        TransportSequence.write(buffer, at, (int) (sequence & 0xFFFF));
        writer.endExtensions();
        int header = writer.position();
        describe(header, first, key);
        int length = header + PAYLOAD_BYTES;
        buffer.putLong(length - Long.BYTES, System.nanoTime());
        int sealed = peer.sendingRtp().sealRtp(packet, header, length, sequence >> 16);
        peer.channel().write(ByteBuffer.wrap(packet, 0, sealed));
        sequence++;
        sent = sequence;
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
                buffer.put(head + 6, (byte) WIDTH).put(head + 7, (byte) (WIDTH >> 8));
                buffer.put(head + 8, (byte) HEIGHT).put(head + 9, (byte) (HEIGHT >> 8));
            }
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
