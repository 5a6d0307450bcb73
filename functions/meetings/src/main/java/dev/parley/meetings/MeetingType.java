package dev.parley.meetings;

import java.util.Locale;
import java.util.Optional;

/** Whether people are meant to see each other. */
public enum MeetingType {
    VIDEO,
    AUDIO;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that word, if there is one. */
    public static Optional<MeetingType> of(String wire) {
        for (MeetingType type : values()) {
            if (type.wire().equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
