package dev.parley.bench;

import dev.parley.bench.wire.Wires;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A media server under load, in processes of its own. */
public interface MediaServer extends AutoCloseable {
    String name();

    /** Its processes, whose CPU time is its cost. */
    List<Long> pids();

    /**
     * Brings someone in; returns when media can flow both ways. Many at once, on virtual threads.
     *
     * @throws IOException when it does not come to a connection
     */
    Participant join(Seat seat, Wires wires) throws IOException, InterruptedException;

    /** What it says about itself; empty for a server that says nothing we know how to read. */
    default Optional<NodeNumbers> numbers() {
        return Optional.empty();
    }

    /** A look into its Java; empty for a server of another kind. */
    default Optional<NodeProbe> probe() throws IOException {
        return Optional.empty();
    }

    /** What it says about its SRTP; empty when it says nothing. */
    default String srtp() {
        return "";
    }

    @Override
    void close();
}
