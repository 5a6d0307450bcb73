package dev.parley.files;

import java.util.Locale;

/** How far a file has come. */
public enum FileState {
    /** Its parts are being sent. */
    UPLOADING,
    /** All of it is stored, and nobody has looked at it yet. */
    CHECKING,
    /** It is what its owner said it was. */
    READY,
    /** It is not, and was thrown away. */
    REFUSED,
    /** Its owner does not want it any more, or never finished sending it. */
    REMOVED;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that word. @throws IllegalArgumentException when there is none */
    public static FileState of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
