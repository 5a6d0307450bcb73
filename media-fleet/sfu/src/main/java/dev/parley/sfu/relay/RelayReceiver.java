package dev.parley.sfu.relay;

/** Gives out the records of the other end. */
public interface RelayReceiver {
    /**
     * Calls {@code into} for each record that has arrived; answers how many. A packet is valid during its record's call. What a call throws is thrown on
     * after the others.
     */
    int receive(RelayRecords into);
}
