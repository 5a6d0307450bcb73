package dev.parley.sctp;

import java.util.ArrayDeque;

/** Chunks of one message with consecutive TSNs, as far as they have arrived. */
final class FragmentRun {
    private final ArrayDeque<DataChunk> chunks = new ArrayDeque<>();
    private int payloadBytes;

    FragmentRun(DataChunk first) {
        append(first);
    }

    DataChunk first() {
        return chunks.getFirst();
    }

    DataChunk last() {
        return chunks.getLast();
    }

    int size() {
        return chunks.size();
    }

    int payloadBytes() {
        return payloadBytes;
    }

    boolean isWhole() {
        return first().begin() && last().end();
    }

    void append(DataChunk chunk) {
        chunks.addLast(chunk);
        payloadBytes += chunk.payload().length;
    }

    void prepend(DataChunk chunk) {
        chunks.addFirst(chunk);
        payloadBytes += chunk.payload().length;
    }

    /** This run and the one right behind it as one; the smaller is moved into the larger. */
    FragmentRun join(FragmentRun behind) {
        if (behind.size() > size()) {
            while (!chunks.isEmpty()) {
                behind.prepend(chunks.removeLast());
            }
            return behind;
        }
        behind.chunks.forEach(this::append);
        return this;
    }

    byte[] payload() {
        byte[] payload = new byte[payloadBytes];
        int at = 0;
        for (DataChunk chunk : chunks) {
            System.arraycopy(chunk.payload(), 0, payload, at, chunk.payload().length);
            at += chunk.payload().length;
        }
        return payload;
    }
}
