package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which TSNs have arrived: everything up to a point, and ranges behind gaps (RFC 9260 section 6.2). */
final class ReceivedTsns {
    /** Gap blocks count from the cumulative TSN in 16 bits. */
    static final int FURTHEST_AHEAD = 0xFFFF;

    private static final int MOST_BLOCKS = 96;
    private static final int MOST_DUPLICATES = 16;

    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private final List<Integer> duplicates = new ArrayList<>();
    private long cumulative;

    ReceivedTsns(int peerFirstTsn) {
        cumulative = Tsn.first(peerFirstTsn) - 1;
    }

    long cumulative() {
        return cumulative;
    }

    boolean hasGaps() {
        return !ranges.isEmpty();
    }

    boolean isKnown(long tsn) {
        if (tsn <= cumulative) {
            return true;
        }
        Map.Entry<Long, Long> below = ranges.floorEntry(tsn);
        return below != null && tsn <= below.getValue();
    }

    void duplicate(long tsn) {
        if (duplicates.size() < MOST_DUPLICATES) {
            duplicates.add((int) tsn);
        }
    }

    /** Records a TSN that is not known yet. */
    void add(long tsn) {
        long from = tsn;
        long to = tsn;
        Map.Entry<Long, Long> below = ranges.lowerEntry(tsn);
        if (below != null && below.getValue() == tsn - 1) {
            from = below.getKey();
        }
        Long above = ranges.remove(tsn + 1);
        if (above != null) {
            to = above;
        }
        ranges.put(from, to);
        absorb();
    }

    /** Treats everything up to a TSN as arrived (FORWARD TSN). */
    void skipTo(long tsn) {
        if (tsn <= cumulative) {
            return;
        }
        cumulative = tsn;
        while (!ranges.isEmpty() && ranges.firstKey() <= tsn) {
            cumulative = Math.max(cumulative, ranges.pollFirstEntry().getValue());
        }
        absorb();
    }

    private void absorb() {
        while (!ranges.isEmpty() && ranges.firstKey() <= cumulative + 1) {
            cumulative = Math.max(cumulative, ranges.pollFirstEntry().getValue());
        }
    }

    /** The SACK chunk for what has arrived; the duplicates are reported once. */
    byte[] takeSack(long windowBytes) {
        int blocks = Math.min(ranges.size(), MOST_BLOCKS);
        ByteBuffer body = ByteBuffer.allocate(12 + 4 * blocks + 4 * duplicates.size());
        body.putInt((int) cumulative)
                .putInt((int) windowBytes)
                .putShort((short) blocks)
                .putShort((short) duplicates.size());
        ranges.entrySet().stream()
                .limit(blocks)
                .forEach(range -> body.putShort((short) (range.getKey() - cumulative))
                        .putShort((short) (range.getValue() - cumulative)));
        duplicates.forEach(body::putInt);
        duplicates.clear();
        return ChunkBytes.chunk(ChunkType.SACK, 0, body.array());
    }
}
