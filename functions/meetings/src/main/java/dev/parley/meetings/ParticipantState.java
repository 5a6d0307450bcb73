package dev.parley.meetings;

import java.util.Locale;

/** Where a person stands with a meeting. Only {@link #JOINED} holds a seat. */
public enum ParticipantState {
    /** In the lobby. */
    WAITING,
    /** Let in by the host, not here yet. */
    ADMITTED,
    /** Here. */
    JOINED,
    /** Was here; may come back. */
    LEFT,
    /** Not let in from the lobby; the host may still admit. */
    DENIED,
    /** Removed; may not come back. */
    KICKED;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is no state */
    public static ParticipantState of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
