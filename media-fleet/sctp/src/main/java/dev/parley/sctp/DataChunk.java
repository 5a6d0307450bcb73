package dev.parley.sctp;

import java.util.Optional;

/** A received DATA chunk (RFC 9260 section 3.3.1) with its TSN unwrapped. */
record DataChunk(
        long tsn,
        int streamId,
        int ssn,
        int payloadProtocol,
        boolean unordered,
        boolean begin,
        boolean end,
        byte[] payload) {
    /** Chunk header and fixed fields, in bytes. */
    static final int HEADER = 16;

    static final int FLAG_END = 1;
    static final int FLAG_BEGIN = 2;
    static final int FLAG_UNORDERED = 4;
    static final int FLAG_IMMEDIATE = 8;

    private static final int FIELDS = 12;

    /** Reads the chunk the reader stands on; empty when it is too short to be one. */
    static Optional<DataChunk> read(PacketReader in, long referenceTsn) {
        if (in.bodyLength() < FIELDS) {
            return Optional.empty();
        }
        int flags = in.flags();
        return Optional.of(new DataChunk(
                Tsn.unwrap(referenceTsn, in.i32(0)),
                in.u16(4),
                in.u16(6),
                in.i32(8),
                (flags & FLAG_UNORDERED) != 0,
                (flags & FLAG_BEGIN) != 0,
                (flags & FLAG_END) != 0,
                in.bytes(FIELDS, in.bodyLength() - FIELDS)));
    }

    boolean follows(DataChunk previous) {
        return !previous.end
                && !begin
                && previous.streamId == streamId
                && previous.unordered == unordered
                && (unordered || previous.ssn == ssn);
    }
}
