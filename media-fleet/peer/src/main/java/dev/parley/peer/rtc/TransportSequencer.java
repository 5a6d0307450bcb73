package dev.parley.peer.rtc;

/** The transport-wide sequence numbers of one transport: one counter for every packet that is sent. */
final class TransportSequencer {
    private int next;

    int next() {
        int number = next;
        next = (next + 1) & 0xFFFF;
        return number;
    }
}
