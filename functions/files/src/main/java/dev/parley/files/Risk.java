package dev.parley.files;

import java.util.Locale;

/** What may happen to somebody who opens a file. */
public enum Risk {
    /** Machine code, an archive of classes, or a script: opening it may run it. */
    PROGRAM,
    /** A page or a drawing that can carry scripts: a browser that shows it may run them. */
    ACTIVE;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The risk of that word. @throws IllegalArgumentException when there is none */
    public static Risk of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
