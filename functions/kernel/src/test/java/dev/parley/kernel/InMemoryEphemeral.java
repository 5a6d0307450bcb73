package dev.parley.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
public final class InMemoryEphemeral implements Ephemeral {
    private record Entry(Map<String, String> value, long count, Instant expiresAt) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final InstantSource clock;

    public InMemoryEphemeral(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void put(String key, Map<String, String> value, Duration lifetime) {
        entries.put(key, new Entry(Map.copyOf(value), 0, clock.instant().plus(lifetime)));
    }

    @Override
    public synchronized boolean putIfAbsent(String key, Map<String, String> value, Duration lifetime) {
        if (live(key).isPresent()) {
            return false;
        }
        put(key, value, lifetime);
        return true;
    }

    @Override
    public synchronized boolean putIf(
            String key, String field, String expected, Map<String, String> value, Duration lifetime) {
        if (live(key).filter(entry -> expected.equals(entry.value().get(field))).isEmpty()) {
            return false;
        }
        put(key, value, lifetime);
        return true;
    }

    @Override
    public synchronized Optional<Map<String, String>> find(String key) {
        return live(key).map(Entry::value);
    }

    @Override
    public synchronized Optional<Map<String, String>> take(String key) {
        Optional<Map<String, String>> value = find(key);
        entries.remove(key);
        return value;
    }

    @Override
    public synchronized void remove(String key) {
        entries.remove(key);
    }

    @Override
    public synchronized long increment(String key, Duration lifetime) {
        Entry next = live(key)
                .map(entry -> new Entry(entry.value(), entry.count() + 1, entry.expiresAt()))
                .orElseGet(() -> new Entry(Map.of(), 1, clock.instant().plus(lifetime)));
        entries.put(key, next);
        return next.count();
    }

    @Override
    public synchronized long count(String key) {
        return live(key).map(Entry::count).orElse(0L);
    }

    private Optional<Entry> live(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> clock.instant().isBefore(entry.expiresAt()));
    }
}
