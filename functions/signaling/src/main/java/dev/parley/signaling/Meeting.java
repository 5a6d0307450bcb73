package dev.parley.signaling;

import java.util.List;
import java.util.Optional;

/**
 * What a live meeting says about its room.
 *
 * @param settings the meeting's settings as JSON
 * @param denied user ids and guest keys of those who were removed
 */
public record Meeting(
        boolean active, String hostId, String title, boolean locked, String settings, List<String> denied) {
    public Meeting {
        denied = List.copyOf(denied);
    }

    /** Whether this person was removed. */
    public boolean denies(String userId, Optional<String> guestKey) {
        return denied.contains(userId) || guestKey.filter(denied::contains).isPresent();
    }
}
