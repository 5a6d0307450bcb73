package dev.parley.node.rooms;

import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.Breakouts.Breakout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this node knows of a meeting's breakout rooms: acts say it of everybody, offers of the one who comes, and the higher revision is right. After a meeting
 * was placed here anew, offers come before any act. Belongs to the room's conductor.
 */
final class BreakoutPlan {
    private static final long NOT_PLANNED = Long.MAX_VALUE;

    private final Map<String, String> places = new HashMap<>();
    private long revision;
    /** Whether the places are everybody's as of this revision. */
    private boolean complete = true;

    private List<Breakout> rooms = List.of();
    private boolean choose;
    private long closesAtNanos = NOT_PLANNED;

    /** Takes an act. False when it is older than what is known. */
    boolean take(Breakouts now, long nowNanos) {
        if (now.revision() < revision) {
            return false;
        }
        adopt(now, nowNanos);
        places.clear();
        places.putAll(now.places());
        complete = true;
        return true;
    }

    /** Takes what somebody's offer says, null for nothing. True when the rooms may be others now. */
    boolean takeOf(String user, Breakouts now, long nowNanos) {
        if (now == null) {
            return false;
        }
        boolean newer = now.revision() > revision;
        if (newer) {
            adopt(now, nowNanos);
            complete = false;
        }
        String place = now.places().get(user);
        if (now.revision() == revision) {
            if (place == null) {
                places.remove(user);
            } else {
                places.put(user, place);
            }
        } else if (!complete && place != null) {
            // Read a moment before somebody else's offer was: better than nothing.
            places.putIfAbsent(user, place);
        }
        return newer;
    }

    private void adopt(Breakouts now, long nowNanos) {
        revision = now.revision();
        rooms = now.rooms();
        choose = now.choose();
        closesAtNanos = now.closesIn() == null ? NOT_PLANNED : nowNanos + now.closesIn() * 1_000_000L;
    }

    /** Nanoseconds until everybody goes back, {@link Long#MAX_VALUE} when that is not planned. */
    long closesInNanos(long nowNanos) {
        return closesAtNanos == NOT_PLANNED ? NOT_PLANNED : closesAtNanos - nowNanos;
    }

    /** The time is up: no rooms any more. */
    void close() {
        rooms = List.of();
        places.clear();
        closesAtNanos = NOT_PLANNED;
    }

    /** Id of the room that a user is to be in; empty for the main room. */
    Optional<String> placeOf(String user) {
        return Optional.ofNullable(places.get(user))
                .filter(place -> rooms.stream().anyMatch(room -> room.id().equals(place)));
    }

    /** 0 before there was anything to know. */
    long revision() {
        return revision;
    }

    List<Breakout> rooms() {
        return rooms;
    }

    boolean choose() {
        return choose;
    }
}
