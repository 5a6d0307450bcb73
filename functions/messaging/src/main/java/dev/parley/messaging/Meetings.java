package dev.parley.messaging;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads live meetings, always consistently: who was removed a moment ago is out now. */
public interface Meetings {
    /**
     * What a live meeting says about its chat.
     *
     * @param active whether it goes on
     * @param chat whether its settings let people write
     * @param denied user ids and guest keys of those who were removed
     */
    record Meeting(boolean active, String title, boolean chat, List<String> denied) {
        public Meeting {
            denied = List.copyOf(denied);
        }

        boolean denies(String userId, Optional<String> guestKey) {
            return denied.contains(userId) || guestKey.filter(denied::contains).isPresent();
        }
    }

    /**
     * A person's seat.
     *
     * @param role a {@link dev.parley.contracts.meetings.MeetingRole}'s word
     * @param inside whether they are in now
     * @param tookPart whether they are or were
     */
    record Seat(String displayName, String role, boolean inside, boolean tookPart) {}

    /**
     * A meeting's breakout rooms now.
     *
     * @param names by room
     * @param places in which of them people are, by user; who is not there is in the main room
     */
    record Breakouts(Map<String, String> names, Map<String, String> places) {
        static final Breakouts NONE = new Breakouts(Map.of(), Map.of());

        public Breakouts {
            names = Map.copyOf(names);
            places = Map.copyOf(places);
        }

        Optional<String> placeOf(String userId) {
            return Optional.ofNullable(places.get(userId));
        }
    }

    /** A meeting that goes on, or did in the last weeks. */
    Optional<Meeting> find(String meetingId);

    Optional<Seat> seat(String meetingId, String userId);

    /** The breakout rooms that are open; none mostly. */
    Breakouts breakouts(String meetingId);
}
