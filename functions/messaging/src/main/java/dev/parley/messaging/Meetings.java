package dev.parley.messaging;

import java.util.List;
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

    /** A meeting that goes on, or did in the last weeks. */
    Optional<Meeting> find(String meetingId);

    Optional<Seat> seat(String meetingId, String userId);
}
