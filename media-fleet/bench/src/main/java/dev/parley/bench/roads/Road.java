package dev.parley.bench.roads;

import java.io.IOException;

/** One way into the kernel. */
interface Road extends AutoCloseable {
    /** Sends one run to every destination; answers how many packets the kernel took. */
    int send() throws IOException;

    @Override
    void close();

    /** Opens a road for these runs; an {@link IOException} says what was refused. */
    @FunctionalInterface
    interface Opening {
        Road open(Runs runs) throws IOException;
    }
}
