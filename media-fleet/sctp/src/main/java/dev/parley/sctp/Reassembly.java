package dev.parley.sctp;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Puts chunks together to messages and messages of a stream into their order (RFC 9260 sections 6.5, 6.6 and 6.9). What
 * it holds is counted, each chunk with a fixed overhead, so that the receive window bounds its memory.
 */
final class Reassembly {
    /** A whole message, its turn come. */
    record Message(int streamId, int payloadProtocol, byte[] payload) {}

    private record Held(Message message, int chunks) {}

    private static final class Stream {
        final Map<Integer, Held> waiting = new HashMap<>();
        int nextSsn;
    }

    private static final int CHUNK_OVERHEAD = 64;

    private final int maxMessageBytes;
    private final Queue<Message> ready = new ArrayDeque<>();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final TreeMap<Long, FragmentRun> runs = new TreeMap<>();
    private long heldBytes;

    Reassembly(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Bytes held for messages that are not whole or whose turn has not come. */
    long heldBytes() {
        return heldBytes;
    }

    /** Whole messages, in the order in which they are to be handed on. */
    Queue<Message> ready() {
        return ready;
    }

    /** Takes a chunk with a new TSN; false when it contradicts its neighbours or makes its message too long. */
    boolean add(DataChunk chunk) {
        FragmentRun before = null;
        Map.Entry<Long, FragmentRun> below = runs.lowerEntry(chunk.tsn());
        if (below != null && below.getValue().last().tsn() == chunk.tsn() - 1) {
            before = below.getValue();
        }
        FragmentRun behind = runs.get(chunk.tsn() + 1);
        boolean continues = before != null && chunk.follows(before.last());
        boolean continued = behind != null && behind.first().follows(chunk);
        if (contradicts(before, behind, chunk, continues, continued)) {
            return false;
        }
        FragmentRun run = new FragmentRun(chunk);
        heldBytes += CHUNK_OVERHEAD + chunk.payload().length;
        if (continued) {
            runs.remove(chunk.tsn() + 1);
            behind.prepend(chunk);
            run = behind;
        }
        if (continues) {
            if (continued) {
                run = before.join(run);
            } else {
                before.append(chunk);
                run = before;
            }
        }
        if (run.payloadBytes() > maxMessageBytes) {
            return false;
        }
        runs.put(run.first().tsn(), run);
        if (run.isWhole()) {
            runs.remove(run.first().tsn());
            whole(run);
        }
        return true;
    }

    private static boolean contradicts(
            FragmentRun before, FragmentRun behind, DataChunk chunk, boolean continues, boolean continued) {
        boolean openBefore = before != null && !before.last().end();
        boolean openBehind = behind != null && !behind.first().begin();
        return openBefore && !continues
                || before != null && before.last().end() && !chunk.begin()
                || openBehind && !continued
                || behind != null && behind.first().begin() && !chunk.end();
    }

    private void whole(FragmentRun run) {
        DataChunk first = run.first();
        Message message = new Message(first.streamId(), first.payloadProtocol(), run.payload());
        if (first.unordered()) {
            release(message, run.size());
            return;
        }
        Stream stream = stream(first.streamId());
        Held replaced = stream.waiting.put(first.ssn(), new Held(message, run.size()));
        if (replaced != null) {
            heldBytes -= held(replaced);
        }
        deliver(stream);
    }

    private void deliver(Stream stream) {
        Held next = stream.waiting.remove(stream.nextSsn);
        while (next != null) {
            release(next.message, next.chunks);
            stream.nextSsn = Tsn.nextSsn(stream.nextSsn);
            next = stream.waiting.remove(stream.nextSsn);
        }
    }

    private void release(Message message, int chunks) {
        heldBytes -= held(new Held(message, chunks));
        ready.add(message);
    }

    private static long held(Held held) {
        return held.message.payload.length + (long) held.chunks * CHUNK_OVERHEAD;
    }

    /** Drops what is unfinished up to a TSN the peer will not send again (RFC 3758 section 3.6). */
    void skipTo(long tsn) {
        while (!runs.isEmpty()) {
            FragmentRun run = runs.firstEntry().getValue();
            boolean orphan = run.first().tsn() == tsn + 1 && !run.first().begin();
            if (run.first().tsn() > tsn && !orphan) {
                return;
            }
            runs.pollFirstEntry();
            heldBytes -= run.payloadBytes() + (long) run.size() * CHUNK_OVERHEAD;
        }
    }

    /** Goes on behind a message the peer gave up; whole messages before it are handed on. */
    void skipMessage(int streamId, int ssn) {
        Stream stream = stream(streamId);
        if (!Tsn.ssnAtMost(stream.nextSsn, ssn)) {
            return;
        }
        List<Integer> before = stream.waiting.keySet().stream()
                .filter(waiting -> Tsn.ssnAtMost(waiting, ssn))
                .sorted(Comparator.comparingInt(waiting -> (waiting - stream.nextSsn) & 0xFFFF))
                .toList();
        for (int number : before) {
            Held held = stream.waiting.remove(number);
            release(held.message, held.chunks);
        }
        stream.nextSsn = Tsn.nextSsn(ssn);
        deliver(stream);
    }

    /** Starts a stream anew: its next message has number 0 (RFC 6525 section 5.2.2). */
    void resetStream(int streamId) {
        Stream stream = streams.remove(streamId);
        if (stream != null) {
            stream.waiting.values().forEach(held -> heldBytes -= held(held));
        }
    }

    private Stream stream(int streamId) {
        return streams.computeIfAbsent(streamId, id -> new Stream());
    }
}
