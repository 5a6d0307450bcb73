package dev.parley.sfu.bwe;

import java.util.Arrays;

/** Bits per second over about the last second: ten windows of 100 ms, of which the running one is left out. */
public final class RateMeter {
    private static final long WINDOW_NANOS = 100_000_000L;
    private static final int WINDOWS = 10;

    private final long[] bits = new long[WINDOWS];
    private long sum;
    private long runningBits;
    private long runningWindow;
    private boolean started;
    private long startNanos;
    private long windowEndNanos;

    /** Counts bytes. */
    public void add(int bytes, long nowNanos) {
        advance(nowNanos);
        runningBits += 8L * bytes;
    }

    /** The rate; 0 in the first 100 ms. */
    public long bitrateBps(long nowNanos) {
        advance(nowNanos);
        long windows = Math.min(WINDOWS, runningWindow);
        return windows <= 0 ? 0 : sum * 1_000_000_000L / (windows * WINDOW_NANOS);
    }

    private void advance(long nowNanos) {
        if (started && nowNanos - windowEndNanos < 0) {
            return;
        }
        if (!started) {
            started = true;
            startNanos = nowNanos;
        }
        long window = (nowNanos - startNanos) / WINDOW_NANOS;
        if (window - runningWindow > WINDOWS) {
            Arrays.fill(bits, 0);
            sum = 0;
            runningBits = 0;
            runningWindow = window;
        }
        while (runningWindow < window) {
            int slot = (int) (runningWindow % WINDOWS);
            sum += runningBits - bits[slot];
            bits[slot] = runningBits;
            runningBits = 0;
            runningWindow++;
        }
        windowEndNanos = startNanos + (runningWindow + 1) * WINDOW_NANOS;
    }
}
