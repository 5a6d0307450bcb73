package dev.parley.meetings;

import java.util.Locale;

/** What somebody is in one meeting. */
public enum MeetingRole {
    HOST,
    PARTICIPANT,
    GUEST;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is no role */
    public static MeetingRole of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
