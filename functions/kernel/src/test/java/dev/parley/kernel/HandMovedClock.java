package dev.parley.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves by hand. */
public final class HandMovedClock implements InstantSource {
    private volatile Instant now;

    public HandMovedClock(Instant start) {
        this.now = start;
    }

    /** Starts on a fixed day, for tests that do not care which. */
    public HandMovedClock() {
        this(Instant.parse("2026-03-01T12:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration step) {
        now = now.plus(step);
    }
}
