package dev.parley.platform.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A live meeting as seen by whoever must decide whether to let somebody do something in its room.
 *
 * @param status {@code active} or {@code ended}
 * @param settings the meeting's settings as JSON
 * @param admission rises with every kick
 * @param deniedUsers user and guest ids that are not let in again
 * @param deniedKeys guest keys that are not let in again
 */
public record Door(
        String meetingId,
        String status,
        String hostId,
        String title,
        boolean locked,
        String settings,
        long admission,
        Set<String> deniedUsers,
        Set<String> deniedKeys) {
    /** Whether the meeting is going on. */
    public boolean active() {
        return LiveRows.ACTIVE.equals(status);
    }

    /** Whether this person was removed from the meeting. */
    public boolean denies(String userId, Optional<String> guestKey) {
        return deniedUsers.contains(userId)
                || guestKey.filter(deniedKeys::contains).isPresent();
    }

    /** All that is denied, ids and keys alike, as a media node takes it. */
    public List<String> denied() {
        List<String> all = new ArrayList<>(deniedUsers);
        all.addAll(deniedKeys);
        return all;
    }
}
