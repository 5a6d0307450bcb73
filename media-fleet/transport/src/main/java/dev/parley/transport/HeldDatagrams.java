package dev.parley.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * DTLS datagrams from addresses that have not proved valid yet: a ClientHello may overtake the first connectivity check.
 * Few, briefly, and the oldest gives way.
 */
final class HeldDatagrams {
    private static final int MAX_DATAGRAMS = 64;
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Held(InetSocketAddress from, byte[] datagram, long atNanos) {}

    private final Held[] ring = new Held[MAX_DATAGRAMS];
    private int next;
    private int count;

    /** Keeps one datagram. */
    void hold(InetSocketAddress from, byte[] datagram, long nowNanos) {
        if (ring[next] == null) {
            count++;
        }
        ring[next] = new Held(from, datagram, nowNanos);
        next = (next + 1) % MAX_DATAGRAMS;
    }

    /** Hands over, in order, what came from this address lately, and forgets it. */
    void release(InetSocketAddress from, long nowNanos, Consumer<byte[]> taker) {
        for (int i = 0; i < MAX_DATAGRAMS && count > 0; i++) {
            int at = (next + i) % MAX_DATAGRAMS;
            Held held = ring[at];
            if (held == null) {
                continue;
            }
            boolean expired = nowNanos - held.atNanos() > MAX_AGE_NANOS;
            boolean wanted = held.from().equals(from);
            if (expired || wanted) {
                ring[at] = null;
                count--;
            }
            if (wanted && !expired) {
                taker.accept(held.datagram());
            }
        }
    }
}
