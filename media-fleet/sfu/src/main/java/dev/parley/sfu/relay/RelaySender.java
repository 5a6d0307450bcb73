package dev.parley.sfu.relay;

/** Takes records for the other end. */
public interface RelaySender extends RelayRecords {
    /** Sees to it that what was taken is looked at; called at the end of every duty cycle. */
    void flush();
}
