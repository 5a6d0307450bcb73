package dev.parley.sctp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that have no TSN yet, a queue per stream. Streams take turns message by message; a message once started is
 * finished first, because its chunks must have consecutive TSNs (RFC 9260 section 6.9).
 */
final class SendQueue {
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final ArrayDeque<Stream> turn = new ArrayDeque<>();
    private long bytes;

    private static final class Stream {
        final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>();
        int nextSsn;
        boolean paused;
    }

    void add(OutgoingMessage message) {
        Stream stream = stream(message.streamId());
        if (stream.waiting.isEmpty() && !stream.paused) {
            turn.add(stream);
        }
        stream.waiting.add(message);
        bytes += message.payload().length;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Whether a stream has nothing left to send, so that it can be reset. */
    boolean isDrained(int streamId) {
        Stream stream = streams.get(streamId);
        return stream == null || stream.waiting.isEmpty();
    }

    /** Holds a stream back while its reset is asked for. */
    void pause(int streamId) {
        stream(streamId).paused = true;
    }

    /** Starts a stream anew after its reset: numbering from 0. */
    void restart(int streamId) {
        Stream stream = stream(streamId);
        stream.nextSsn = 0;
        resume(stream);
    }

    /** Lets a held-back stream go on as it was. */
    void resume(int streamId) {
        resume(stream(streamId));
    }

    private void resume(Stream stream) {
        if (stream.paused) {
            stream.paused = false;
            if (!stream.waiting.isEmpty()) {
                turn.add(stream);
            }
        }
    }

    /** The message whose turn it is, expired ones dropped. */
    Optional<OutgoingMessage> head(long nowNanos) {
        while (!turn.isEmpty()) {
            Stream stream = turn.peek();
            OutgoingMessage message = stream.waiting.peek();
            if (message != null && !message.isAbandoned() && (message.isStarted() || !message.isExpired(nowNanos))) {
                return Optional.of(message);
            }
            if (message != null) {
                stream.waiting.remove();
                bytes -= message.remaining();
            }
            if (stream.waiting.isEmpty()) {
                turn.remove();
            }
        }
        return Optional.empty();
    }

    /** Cuts a chunk off the message whose turn it is. */
    OutgoingChunk take(OutgoingMessage head, long tsn, int most) {
        Stream stream = turn.element();
        if (!head.isStarted() && head.reliability().ordered()) {
            head.ssn(stream.nextSsn);
            stream.nextSsn = Tsn.nextSsn(stream.nextSsn);
        }
        OutgoingChunk chunk = head.take(tsn, most);
        bytes -= chunk.length();
        if (head.remaining() == 0) {
            stream.waiting.remove();
            turn.remove();
            if (!stream.waiting.isEmpty()) {
                turn.add(stream);
            }
        }
        return chunk;
    }

    private Stream stream(int streamId) {
        return streams.computeIfAbsent(streamId, id -> new Stream());
    }
}
