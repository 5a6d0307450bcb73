package dev.parley.bench;

import java.util.List;

/** Who is in a room, and who sends what to whom. */
interface Profile {
    /** Everybody of a room; those who send come first. */
    List<Seat> seats(String room);

    /**
     * What they send.
     *
     * @param people in the order of their seats
     */
    List<OutgoingStream> streams(List<Participant> people);

    /** Called every half second while media flows, with a number that grows. */
    default void turn(List<Participant> people, long revision) {}

    /** How many must receive each packet; negative when only sequence numbers can tell. */
    long receiversOfEach();

    /** Packets per CPU-second to reach; NaN for none. */
    double throughputTarget(String srtp);

    /** Whether packets are all that happens; what people do besides, as changing who is large, allocates. */
    default boolean onlyPackets() {
        return true;
    }

    /** How many times as many packets per CPU-second as a peer to reach; NaN for none. */
    default double ratioTarget() {
        return 3;
    }
}
