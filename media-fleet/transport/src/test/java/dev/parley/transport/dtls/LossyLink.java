package dev.parley.transport.dtls;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end of a link in memory that loses, doubles and reorders datagrams after a seeded plan. */
final class LossyLink implements DtlsDatagrams {
    private final BlockingQueue<byte[]> in;
    private final BlockingQueue<byte[]> out;
    private final Random plan;
    private final double loss;
    private byte[] delayed;

    private LossyLink(BlockingQueue<byte[]> in, BlockingQueue<byte[]> out, Random plan, double loss) {
        this.in = in;
        this.out = out;
        this.plan = plan;
        this.loss = loss;
    }

    /** Both ends of a link. */
    static LossyLink[] pair(long seed, double loss) {
        BlockingQueue<byte[]> one = new ArrayBlockingQueue<>(256);
        BlockingQueue<byte[]> two = new ArrayBlockingQueue<>(256);
        return new LossyLink[] {
            new LossyLink(one, two, new Random(seed), loss), new LossyLink(two, one, new Random(seed + 1), loss)
        };
    }

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
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void send(byte[] source, int offset, int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(source, offset, datagram, 0, length);
        double fate = plan.nextDouble();
        if (fate < loss) {
            return;
        }
        if (fate < 2 * loss && delayed == null) {
            delayed = datagram;
            return;
        }
        out.offer(datagram);
        if (fate > 1 - loss) {
            out.offer(datagram);
        }
        if (delayed != null) {
            out.offer(delayed);
            delayed = null;
        }
    }
}
