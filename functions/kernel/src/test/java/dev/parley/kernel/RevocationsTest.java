package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private final HandMovedClock clock = new HandMovedClock(Instant.parse("2026-11-21T12:00:00.400Z"));
    private final InMemoryEphemeral store = new InMemoryEphemeral(clock);
    private final Revocations revocations = new EphemeralRevocations(store, clock);

    @Test
    void whatWasIssuedUntilThenIsRefusedAndWhatIsIssuedAfterwardsIsNot() {
        Instant before = Instant.parse("2026-11-21T11:59:59Z");
        assertThat(revocations.isRevoked("u_1", before)).isFalse();

        revocations.revoke("u_1");

        assertThat(revocations.isRevoked("u_1", before)).isTrue();
        assertThat(revocations.isRevoked("u_1", Instant.parse("2026-11-21T12:00:00Z")))
                .as("of the same second")
                .isTrue();
        assertThat(revocations.isRevoked("u_1", Instant.parse("2026-11-21T12:00:01Z")))
                .isFalse();
        assertThat(revocations.isRevoked("u_2", before)).isFalse();
    }

    @Test
    void anotherFunctionKnowsAfterASecondAtMost() {
        Revocations elsewhere = new EphemeralRevocations(store, clock);
        Instant issued = clock.instant().minusSeconds(60);
        assertThat(elsewhere.isRevoked("u_1", issued)).isFalse();

        revocations.revoke("u_1");
        clock.advance(EphemeralRevocations.KNOWN_FOR);

        assertThat(elsewhere.isRevoked("u_1", issued)).isTrue();
    }

    @Test
    void aRevocationLastsLongerThanAnyTokenOfBefore() {
        Instant issued = clock.instant().minusMillis(400);
        revocations.revoke("u_1");
        clock.advance(Duration.ofMinutes(10).plusSeconds(5));

        assertThat(revocations.isRevoked("u_1", issued)).isTrue();
    }

    @Test
    void aSecondOfRequestsCostsOneReadAndAStoreThatFailsIsToldNotGuessed() {
        AtomicInteger reads = new AtomicInteger();
        Ephemeral counted = new Unwilling(store) {
            @Override
            public Optional<Map<String, String>> find(String key) {
                if (reads.incrementAndGet() > 1) {
                    throw Errors.STORE_UNAVAILABLE.exception();
                }
                return super.find(key);
            }
        };
        Revocations asked = new EphemeralRevocations(counted, clock);
        for (int i = 0; i < 5; i++) {
            assertThat(asked.isRevoked("u_1", clock.instant())).isFalse();
        }
        assertThat(reads).hasValue(1);
        clock.advance(EphemeralRevocations.KNOWN_FOR);

        assertThatThrownBy(() -> asked.isRevoked("u_1", clock.instant())).isInstanceOf(ApiException.class);
    }

    /** Passes everything on. */
    private static class Unwilling implements Ephemeral {
        private final Ephemeral store;

        private Unwilling(Ephemeral store) {
            this.store = store;
        }

        @Override
        public void put(String key, Map<String, String> value, Duration lifetime) {
            store.put(key, value, lifetime);
        }

        @Override
        public boolean putIfAbsent(String key, Map<String, String> value, Duration lifetime) {
            return store.putIfAbsent(key, value, lifetime);
        }

        @Override
        public boolean putIf(String key, String field, String expected, Map<String, String> value, Duration lifetime) {
            return store.putIf(key, field, expected, value, lifetime);
        }

        @Override
        public Optional<Map<String, String>> find(String key) {
            return store.find(key);
        }

        @Override
        public Optional<Map<String, String>> take(String key) {
            return store.take(key);
        }

        @Override
        public void remove(String key) {
            store.remove(key);
        }

        @Override
        public long increment(String key, Duration lifetime) {
            return store.increment(key, lifetime);
        }

        @Override
        public long count(String key) {
            return store.count(key);
        }
    }
}
