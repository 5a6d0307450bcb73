package dev.parley.bench;

import java.io.IOException;
import java.util.List;

/** Who sends what to whom. */
interface Profile {
    /** Joins those who are in before memory is measured, and tells nobody's streams yet. */
    void prepare(Crowd crowd) throws IOException, InterruptedException;

    /** Joins all others; the streams that are sent from then on. */
    List<OutgoingStream> join(Crowd crowd) throws IOException, InterruptedException;

    /** How many {@link #join} joins. */
    int joining();

    /** Called every half second while media flows. */
    default void turn() {}

    /** How many packets must arrive for those sent; negative when only sequence numbers can tell. */
    long expected(long sent);

    /** Packets per CPU-second to reach. */
    double throughputTarget(String srtp);
}
