package dev.parley.node.rooms;

import dev.parley.kernel.tokens.MediaClaims;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who may not be in a room: the control plane's list, newest wins, and the kicks that reached this node directly. A kick holds for longer than
 * any token lives, because a list read just before it may arrive just after it. Belongs to the room's conductor.
 */
final class DenySet {
    private static final long KICK_HOLDS_NANOS = 120_000_000_000L;

    private final Map<String, Long> kicks = new HashMap<>();
    private Set<String> listed = Set.of();

    /** Takes the control plane's list of user ids and guest keys. */
    void replaceList(Collection<String> denied) {
        listed = Set.copyOf(denied);
    }

    /** Denies a user id or a guest key from now on; null is nobody. */
    void kick(String name, long nowNanos) {
        if (name != null && !name.isBlank()) {
            kicks.put(name, nowNanos + KICK_HOLDS_NANOS);
        }
    }

    /** Whether a person is denied, by user id or guest key. */
    boolean denies(MediaClaims claims, long nowNanos) {
        kicks.values().removeIf(until -> until - nowNanos <= 0);
        return denies(claims.userId()) || claims.guestKey().filter(this::denies).isPresent();
    }

    private boolean denies(String name) {
        return listed.contains(name) || kicks.containsKey(name);
    }
}
