package dev.parley.node.rooms;

import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.tokens.MediaClaims;
import java.util.HashMap;
import java.util.Map;

/**
 * The roles that hosts gave in this room a while ago, kept for longer than any media token lives: one that was written before the act
 * and comes after it does not take the act back. The meeting's admission number, which rises with every act, tells which is newer.
 * Belongs to the room's conductor.
 */
final class GivenRights {
    private static final long KEPT_NANOS = 120_000_000_000L;

    private record Given(Rights rights, long admission, long untilNanos) {}

    private final Map<String, Given> byUser = new HashMap<>();

    /** Notes an act. False when a later one was here before it. */
    boolean give(RoomAct act, long nowNanos) {
        byUser.values().removeIf(given -> given.untilNanos - nowNanos <= 0);
        Given before = byUser.get(act.user());
        if (before != null && before.admission > act.admission()) {
            return false;
        }
        Rights rights = Rights.of(act.role(), act.publish());
        byUser.put(act.user(), new Given(rights, act.admission(), nowNanos + KEPT_NANOS));
        return true;
    }

    /** What somebody may who comes with this token. */
    Rights of(MediaClaims claims, long nowNanos) {
        Given given = byUser.get(claims.userId());
        boolean holds = given != null && given.untilNanos - nowNanos > 0 && given.admission > claims.admission();
        return holds ? given.rights : Rights.of(claims);
    }
}
