package dev.parley.platform.crypto;

import java.util.function.Supplier;

/** Where the files of a key folder are. Failures are {@link KeySetException}s that name the file. */
interface KeyFiles {
    String read(String name);

    /** Writes a file of {@code text}, unless there is one. */
    void createIfMissing(String name, Supplier<String> text);

    /** Writes a file in place of the one that is there: who reads it gets the one or the other. */
    void replace(String name, String text);
}
