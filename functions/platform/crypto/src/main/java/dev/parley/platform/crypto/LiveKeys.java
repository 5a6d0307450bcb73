package dev.parley.platform.crypto;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A key set that follows its file: read at the first use, again after {@link #FRESH}, and once more, {@link #PATIENCE} after the last
 * time, when a token names a key that is not there. While it cannot be read again, the keys that are known stay in use; while it could not
 * be read even once, a use is 503 {@code store.unavailable}. So a key that is published ahead of its start is known everywhere when it
 * starts to sign, also in a process that was frozen in between. Thread-safe.
 */
final class LiveKeys implements KeySource {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private record Read(KeySet keys, Instant at) {}

    private final Supplier<KeySet> reader;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Read last;

    LiveKeys(Supplier<KeySet> reader, InstantSource clock) {
        this.reader = Objects.requireNonNull(reader);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public KeySet keys() {
        return notOlderThan(FRESH);
    }

    @Override
    public KeySet newerKeys() {
        return notOlderThan(PATIENCE);
    }

    private KeySet notOlderThan(Duration age) {
        Read known = last;
        if (known == null) {
            return firstOfARequest();
        }
        // Whoever finds them old reads them; everybody else goes on with what is known.
        if (isOlder(known, age) && reading.tryLock()) {
            try {
                if (isOlder(last, age)) {
                    readAgain();
                }
            } finally {
                reading.unlock();
            }
        }
        return last.keys();
    }

    private boolean isOlder(Read read, Duration age) {
        Instant now = clock.instant();
        // A clock that was set back makes them old as well.
        return !now.isBefore(read.at().plus(age)) || now.isBefore(read.at());
    }

    private KeySet firstOfARequest() {
        try {
            return open();
        } catch (KeySetException e) {
            throw new ApiException(
                    Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), RETRY_AFTER, e);
        }
    }

    /** The keys, read now if they were not yet. @throws KeySetException when they cannot be read */
    KeySet open() {
        reading.lock();
        try {
            if (last == null) {
                last = new Read(reader.get(), clock.instant());
            }
            return last.keys();
        } finally {
            reading.unlock();
        }
    }

    private void readAgain() {
        try {
            last = new Read(reader.get(), clock.instant());
        } catch (KeySetException e) {
            // The store of the keys is away: ask again after the shorter wait, and sign and verify with these till
            // then.
            last = new Read(last.keys(), clock.instant().minus(FRESH).plus(PATIENCE));
        }
    }
}
