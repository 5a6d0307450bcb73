package dev.parley.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A store of small things that expire by themselves: tickets, counters, locks, idempotency marks. An entry whose time is over is
 * absent at once, whether or not the store has collected it. Keys name their kind first: {@code ticket#…}. Every operation is atomic;
 * a store that does not answer is 503 {@code store.unavailable}.
 */
public interface Ephemeral {
    /** Writes an entry, whatever was there. */
    void put(String key, Map<String, String> value, Duration lifetime);

    /** Writes an entry if there is none. @return whether it was written */
    boolean putIfAbsent(String key, Map<String, String> value, Duration lifetime);

    /** Writes an entry if the present one has {@code field} equal to {@code expected}. @return whether it was written */
    boolean putIf(String key, String field, String expected, Map<String, String> value, Duration lifetime);

    /** The entry, if there is one. */
    Optional<Map<String, String>> find(String key);

    /** Removes the entry and answers it: of several callers, exactly one gets it. */
    Optional<Map<String, String>> take(String key);

    /** Removes the entry, if there is one. */
    void remove(String key);

    /**
     * Counts one more. The first count starts the lifetime; later ones do not extend it.
     *
     * @return the count, this one included
     */
    long increment(String key, Duration lifetime);

    /** How often {@link #increment} counted under this key within its lifetime. */
    long count(String key);
}
