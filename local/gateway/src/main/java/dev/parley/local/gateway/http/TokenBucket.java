package dev.parley.local.gateway.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A stage's throttle: {@code burst} tokens at most, refilled at a steady rate; one request takes one. */
public final class TokenBucket {
    private final double ratePerNano;
    private final int burst;
    private final LongSupplier nanoClock;
    private double tokens;
    private long filledNanos;

    public TokenBucket(double ratePerSecond, int burst, LongSupplier nanoClock) {
        this.ratePerNano = ratePerSecond / TimeUnit.SECONDS.toNanos(1);
        this.burst = burst;
        this.nanoClock = nanoClock;
        this.tokens = burst;
        this.filledNanos = nanoClock.getAsLong();
    }

    /** Takes a token if there is one. */
    public synchronized boolean take() {
        long now = nanoClock.getAsLong();
        tokens = Math.min(burst, tokens + (now - filledNanos) * ratePerNano);
        filledNanos = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
