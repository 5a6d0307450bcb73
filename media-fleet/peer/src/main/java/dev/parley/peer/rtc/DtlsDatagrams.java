package dev.parley.peer.rtc;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** DTLS records between the reading thread and the session's, with a way to end a wait early. */
final class DtlsDatagrams implements DatagramTransport {
    private static final int CAPACITY = 1024;
    private static final int LARGEST_RECEIVED = 2048;
    private static final int LARGEST_SENT = 1200;
    private static final byte[] WAKE = new byte[0];

    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(CAPACITY);
    private final IcePath path;

    DtlsDatagrams(IcePath path) {
        this.path = path;
    }

    /** Hands a datagram over; one too many is dropped, as a network would. */
    void offer(byte[] datagram) {
        received.offer(datagram);
    }

    /** Ends the wait that is under way, or the next one. */
    void wake() {
        received.offer(WAKE);
    }

    @Override
    public int getReceiveLimit() {
        return LARGEST_RECEIVED;
    }

    @Override
    public int getSendLimit() {
        return LARGEST_SENT;
    }

    @Override
    public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
        try {
            byte[] datagram = received.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
            if (datagram == null || datagram.length == 0) {
                return -1;
            }
            int taken = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, into, offset, taken);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) throws IOException {
        path.send(bytes, offset, length);
    }

    @Override
    public void close() {
        // The path outlives its DTLS connection and is closed by its owner.
    }
}
