package dev.parley.files;

import java.util.Locale;

/** Why what was uploaded was refused. */
public enum Refusal {
    /** It has not as many bytes as its owner said. */
    SIZE,
    /** A chunk has another SHA-256. */
    CHUNK_HASH,
    /** The chunks are right and the whole has another SHA-256. */
    HASH,
    /** It was said to be a picture, a sound, a film or a PDF, and is a program or a page. */
    TYPE;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The refusal of that word. @throws IllegalArgumentException when there is none */
    public static Refusal of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
