package dev.parley.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Revocations among the short-lived things: one entry per user who had any in the last minutes, which lasts longer than any token that was
 * issued before it. An answer is kept for {@link #KNOWN_FOR}, so that a busy caller costs one read a second. Thread-safe.
 */
public final class EphemeralRevocations implements Revocations {
    /** For how long an answer is not asked again: so long a token may outlive its revocation in one function. */
    public static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    /** A token's ten minutes, and what clocks may be apart. */
    private static final Duration LIFETIME = Duration.ofMinutes(11);

    private static final int KEPT = 4_096;
    private static final String UNTIL = "until";

    /** Until when tokens are refused, and how long that answer may be used. */
    private record Known(Instant until, Instant freshUntil) {}

    private final Ephemeral store;
    private final InstantSource clock;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > KEPT;
        }
    };

    public EphemeralRevocations(Ephemeral store, InstantSource clock) {
        this.store = Objects.requireNonNull(store);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public void revoke(String userId) {
        store.put(key(userId), Map.of(UNTIL, clock.instant().toString()), LIFETIME);
        synchronized (known) {
            known.remove(userId);
        }
    }

    @Override
    public boolean isRevoked(String userId, Instant issuedAt) {
        return !issuedAt.isAfter(until(userId).truncatedTo(ChronoUnit.SECONDS));
    }

    private Instant until(String userId) {
        Instant now = clock.instant();
        synchronized (known) {
            Known found = known.get(userId);
            if (found != null && now.isBefore(found.freshUntil())) {
                return found.until();
            }
        }
        Instant until = store.find(key(userId))
                .map(entry -> Instant.parse(entry.get(UNTIL)))
                .orElse(Instant.MIN);
        synchronized (known) {
            known.remove(userId);
            known.put(userId, new Known(until, now.plus(KNOWN_FOR)));
        }
        return until;
    }

    private static String key(String userId) {
        return "revoked#" + userId;
    }
}
