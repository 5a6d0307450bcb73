package dev.parley.bench.wire;

import java.nio.ByteBuffer;

/**
 * Packets on their way out, gathered until {@link #flush}: those of equal size that follow each other to one place make one kernel message (UDP_SEGMENT,
 * the last may be shorter), and many messages one call. One thread.
 */
public final class BurstSender {
    private static final int MESSAGES = 64;
    private static final int SLAB_BYTES = 512 << 10;
    private static final int LARGEST_RUN_BYTES = 65_000;
    private static final int MOST_SEGMENTS = 64;

    private final int fd;
    private final ByteBuffer slab = WireCalls.block(SLAB_BYTES);
    private final long slabAddress = WireCalls.addressOf(slab);
    private final MessageHeaders headers = new MessageHeaders(MESSAGES);
    private int messages;
    private int used;
    private int runStart;
    private int runSegment;
    private int runSegments;
    private boolean runEnded;
    private long runRemote;
    private int runSource;
    private long failed;

    BurstSender(int fd) {
        this.fd = fd;
    }

    /** Takes a packet; sends first if there is no more room. */
    void add(int source, long remote, byte[] packet, int offset, int length) {
        if (used + length > SLAB_BYTES) {
            flush();
        }
        boolean continues = messages > 0
                && !runEnded
                && source == runSource
                && remote == runRemote
                && length <= runSegment
                && runSegments < MOST_SEGMENTS
                && used - runStart + length <= LARGEST_RUN_BYTES;
        if (!continues) {
            begin(source, remote, length);
        }
        slab.put(used, packet, offset, length);
        used += length;
        runSegments++;
        runEnded = length < runSegment;
    }

    private void begin(int source, long remote, int length) {
        endRun();
        if (messages == MESSAGES) {
            flush();
        }
        runSource = source;
        runRemote = remote;
        runStart = used;
        runSegment = length;
        runSegments = 0;
        messages++;
    }

    private void endRun() {
        if (messages == 0) {
            return;
        }
        int message = messages - 1;
        int control = message * MessageHeaders.CONTROL_BYTES;
        int length = ControlMessages.writeSource(headers.controls(), control, runSource);
        if (runSegments > 1) {
            length += ControlMessages.writeSegment(headers.controls(), control + length, runSegment);
        }
        headers.remote(message, runRemote);
        headers.vector(message, slabAddress + runStart, used - runStart);
        headers.controlLength(message, length);
    }

    /** Sends all that was taken. */
    public void flush() {
        endRun();
        int done = 0;
        while (done < messages) {
            int sent = WireCalls.sendmmsg(fd, headers.address(done), messages - done);
            if (sent > 0) {
                done += sent;
            } else {
                done++;
                failed++;
            }
        }
        messages = 0;
        used = 0;
    }

    /** Messages that the kernel refused. */
    long failed() {
        return failed;
    }
}
