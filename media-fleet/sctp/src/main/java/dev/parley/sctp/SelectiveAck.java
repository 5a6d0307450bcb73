package dev.parley.sctp;

import java.util.Optional;

/**
 * A received SACK chunk (RFC 9260 section 3.3.4) with TSNs unwrapped.
 *
 * @param cumulativeTsn everything up to here has arrived
 * @param windowBytes the peer's receive window
 * @param blocks first and last TSN of each gap block, in pairs, in rising order and not overlapping
 */
record SelectiveAck(long cumulativeTsn, long windowBytes, long[] blocks) {
    private static final int FIXED = 12;

    /** Reads the chunk the reader stands on; empty when its blocks make no sense. */
    static Optional<SelectiveAck> read(PacketReader in, long referenceTsn) {
        if (in.bodyLength() < FIXED) {
            return Optional.empty();
        }
        int count = in.u16(8);
        if (in.bodyLength() < FIXED + 4 * count) {
            return Optional.empty();
        }
        long cumulative = Tsn.unwrap(referenceTsn, in.i32(0));
        long[] blocks = new long[2 * count];
        long last = cumulative;
        for (int i = 0; i < count; i++) {
            blocks[2 * i] = cumulative + in.u16(FIXED + 4 * i);
            blocks[2 * i + 1] = cumulative + in.u16(FIXED + 4 * i + 2);
            if (blocks[2 * i] <= last || blocks[2 * i + 1] < blocks[2 * i]) {
                return Optional.empty();
            }
            last = blocks[2 * i + 1];
        }
        return Optional.of(new SelectiveAck(cumulative, Integer.toUnsignedLong(in.i32(4)), blocks));
    }

    /** The highest TSN acknowledged. */
    long highest() {
        return blocks.length == 0 ? cumulativeTsn : blocks[blocks.length - 1];
    }
}
