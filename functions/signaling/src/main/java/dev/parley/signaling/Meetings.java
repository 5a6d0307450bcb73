package dev.parley.signaling;

import java.util.Optional;

/** Reads live meetings, always consistently: who was removed a moment ago is out now. */
public interface Meetings {
    /** A person's seat. {@code role} is a {@link dev.parley.contracts.meetings.MeetingRole}'s word. */
    record Seat(String participantId, String displayName, String role) {}

    Optional<Meeting> find(String meetingId);

    /** The seat of somebody who is in the meeting now. */
    Optional<Seat> seat(String meetingId, String participantId);
}
