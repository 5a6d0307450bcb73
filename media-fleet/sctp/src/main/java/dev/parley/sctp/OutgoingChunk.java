package dev.parley.sctp;

/** A DATA chunk that has a TSN: in flight, waiting to be sent again, acknowledged in a gap block, or given up. */
final class OutgoingChunk {
    /** Where a chunk stands. */
    enum State {
        IN_FLIGHT,
        TO_RESEND,
        ACKED,
        ABANDONED
    }

    private final long tsn;
    private final OutgoingMessage message;
    private final int offset;
    private final int length;
    State state = State.IN_FLIGHT;
    int sends;
    int missing;
    boolean fastRetransmitted;
    long sentNanos;

    OutgoingChunk(long tsn, OutgoingMessage message, int offset, int length) {
        this.tsn = tsn;
        this.message = message;
        this.offset = offset;
        this.length = length;
    }

    long tsn() {
        return tsn;
    }

    OutgoingMessage message() {
        return message;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    int wireLength() {
        return ChunkBytes.padded(DataChunk.HEADER + length);
    }

    int flags() {
        return (offset == 0 ? DataChunk.FLAG_BEGIN : 0)
                | (offset + length == message.payload().length ? DataChunk.FLAG_END : 0)
                | (message.reliability().ordered() ? 0 : DataChunk.FLAG_UNORDERED);
    }
}
