package dev.parley.sfu.relay;

/** Gives out the records of the other end. */
public interface RelayReceiver {
    /** Calls {@code into} for each record that has arrived; answers how many. What a packet points at is valid until the next call. */
    int receive(RelayRecords into);
}
