package dev.parley.meetings;

import java.util.Locale;
import java.util.Optional;

/** Where a meeting is in its life. */
public enum MeetingStatus {
    SCHEDULED,
    ACTIVE,
    ENDED,
    CANCELLED;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that word, if there is one. */
    public static Optional<MeetingStatus> of(String wire) {
        for (MeetingStatus status : values()) {
            if (status.wire().equals(wire)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
