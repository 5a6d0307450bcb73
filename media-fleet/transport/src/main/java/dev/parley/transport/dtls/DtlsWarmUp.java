package dev.parley.transport.dtls;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One handshake with ourselves, so that the first participant does not wait for class loading (100 to 200 ms). */
public final class DtlsWarmUp {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int QUEUE = 64;

    private DtlsWarmUp() {}

    /**
     * Shakes hands in memory, both roles.
     *
     * @throws DtlsException when that fails, which means that no handshake would work
     */
    public static void run(DtlsIdentity identity) throws DtlsException {
        BlockingQueue<byte[]> toServer = new ArrayBlockingQueue<>(QUEUE);
        BlockingQueue<byte[]> toClient = new ArrayBlockingQueue<>(QUEUE);
        Thread client = Thread.ofVirtual().name("dtls-warm-up").start(() -> {
            try {
                shakeHands(identity, DtlsRole.CLIENT, toClient, toServer);
            } catch (DtlsException e) {
                // The server's side fails with it, and its exception reaches the caller.
            }
        });
        try {
            shakeHands(identity, DtlsRole.SERVER, toServer, toClient);
        } finally {
            client.interrupt();
        }
    }

    private static void shakeHands(
            DtlsIdentity identity, DtlsRole role, BlockingQueue<byte[]> in, BlockingQueue<byte[]> out)
            throws DtlsException {
        DtlsHandshake.run(identity, role, identity.fingerprint(), new InMemory(in, out), TIMEOUT_MILLIS);
    }

    private record InMemory(BlockingQueue<byte[]> in, BlockingQueue<byte[]> out) implements DtlsDatagrams {
        @Override
        public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
            try {
                byte[] datagram = in.poll(timeoutMillis, TimeUnit.MILLISECONDS);
                if (datagram == null) {
                    return -1;
                }
                System.arraycopy(datagram, 0, target, offset, datagram.length);
                return datagram.length;
            } catch (InterruptedException e) {
                throw new IOException("the warm-up is over", e);
            }
        }

        @Override
        public void send(byte[] source, int offset, int length) {
            byte[] datagram = new byte[length];
            System.arraycopy(source, offset, datagram, 0, length);
            out.offer(datagram);
        }
    }
}
