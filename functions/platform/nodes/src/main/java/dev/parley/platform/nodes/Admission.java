package dev.parley.platform.nodes;

import java.util.Locale;

/** Whom a node lets in, by how loaded it is; the node says so with each renewal. Later ones let in less. */
public enum Admission {
    /** Everybody. */
    OPEN,
    /** People of rooms that are there already; no new rooms. */
    GUARDED,
    /** Nobody but those who are in already: ICE restarts, and new sessions in place of theirs. */
    FULL;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that lets in less. */
    public Admission stricter(Admission other) {
        return compareTo(other) >= 0 ? this : other;
    }

    static Admission of(String wire) {
        return switch (wire) {
            case "guarded" -> GUARDED;
            case "full" -> FULL;
            default -> OPEN;
        };
    }
}
