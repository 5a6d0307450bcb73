package dev.parley.fleet;

import java.util.List;
import java.util.Optional;

/**
 * Whether a meeting goes on, and who may not be in it.
 *
 * @param denied user ids and guest keys of those who were removed
 */
public record Door(boolean active, List<String> denied) {
    public Door {
        denied = List.copyOf(denied);
    }

    /** Whether this person was removed. */
    public boolean denies(String userId, Optional<String> guestKey) {
        return denied.contains(userId) || guestKey.filter(denied::contains).isPresent();
    }
}
