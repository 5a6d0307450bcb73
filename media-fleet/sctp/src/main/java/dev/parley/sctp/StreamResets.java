package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Resetting streams, which is how a data channel is closed (RFC 6525, RFC 8831 section 6.7). One request is out at a
 * time; a stream waits until everything queued on it has been sent. The peer's requests to reset its own outgoing
 * streams are carried out once its data has arrived; any other request is denied.
 */
final class StreamResets {
    static final int OUTGOING_RESET = 13;
    static final int INCOMING_RESET = 14;
    static final int TSN_RESET = 15;
    static final int RESPONSE = 16;
    static final int ADD_OUTGOING = 17;
    static final int ADD_INCOMING = 18;

    static final int PERFORMED = 1;
    static final int DENIED = 2;
    static final int BAD_SEQUENCE = 5;
    static final int IN_PROGRESS = 6;

    private static final int MOST_STREAMS = 200;

    private final SendQueue queue;
    private final Outbound outbound;
    private final Inbound inbound;
    private final Set<Integer> asked = new LinkedHashSet<>();
    private final List<Integer> incomingDone = new ArrayList<>();
    private final List<Integer> outgoingDone = new ArrayList<>();
    private List<Integer> requested = List.of();
    private byte[] request = new byte[0];
    private int requestSequence;
    private long timerNanos = Outbound.NEVER;
    private boolean requestDue;
    private int peerSequence;
    private int lastResult = DENIED;

    StreamResets(SendQueue queue, Outbound outbound, Inbound inbound, int firstTsn, int peerFirstTsn) {
        this.queue = queue;
        this.outbound = outbound;
        this.inbound = inbound;
        this.requestSequence = firstTsn;
        this.peerSequence = peerFirstTsn;
    }

    void ask(int streamId) {
        asked.add(streamId);
    }

    /** Streams the peer has reset since the last call. */
    List<Integer> takeIncomingDone() {
        return take(incomingDone);
    }

    /** Streams of ours whose reset was answered since the last call. */
    List<Integer> takeOutgoingDone() {
        return take(outgoingDone);
    }

    private static List<Integer> take(List<Integer> done) {
        if (done.isEmpty()) {
            return List.of();
        }
        List<Integer> taken = List.copyOf(done);
        done.clear();
        return taken;
    }

    long timerNanos() {
        return timerNanos;
    }

    void onTimer(long nowNanos) {
        if (nowNanos >= timerNanos) {
            requestDue = true;
            timerNanos = nowNanos + outbound.timeoutNanos();
        }
    }

    /** The request that is to be sent now, if any. */
    Optional<byte[]> takeRequest(long nowNanos) {
        if (requested.isEmpty()) {
            List<Integer> drained =
                    asked.stream().filter(queue::isDrained).limit(MOST_STREAMS).toList();
            if (drained.isEmpty()) {
                return Optional.empty();
            }
            drained.forEach(asked::remove);
            drained.forEach(queue::pause);
            requested = drained;
            request = encodeRequest();
            requestDue = true;
        }
        if (!requestDue) {
            return Optional.empty();
        }
        requestDue = false;
        timerNanos = nowNanos + outbound.timeoutNanos();
        return Optional.of(request);
    }

    private byte[] encodeRequest() {
        int length = 16 + 2 * requested.size();
        ByteBuffer body = ByteBuffer.allocate(ChunkBytes.padded(length));
        body.putShort((short) OUTGOING_RESET).putShort((short) length);
        body.putInt(requestSequence).putInt(peerSequence - 1).putInt((int) outbound.lastSentTsn());
        requested.forEach(streamId -> body.putShort(streamId.shortValue()));
        byte[] parameter = new byte[length];
        body.flip().limit(length).get(parameter);
        return ChunkBytes.chunk(ChunkType.RE_CONFIG, 0, parameter);
    }

    /** Takes a RE-CONFIG chunk; the responses to send back, each a chunk. */
    List<byte[]> onReconfig(PacketReader in) {
        List<byte[]> responses = new ArrayList<>();
        int at = 0;
        while (in.bodyLength() - at >= 8 && responses.size() < 2) {
            int type = in.u16(at);
            int length = in.u16(at + 2);
            if (length < 8 || at + length > in.bodyLength()) {
                break;
            }
            switch (type) {
                case OUTGOING_RESET, INCOMING_RESET, TSN_RESET, ADD_OUTGOING, ADD_INCOMING ->
                    responses.add(respond(in, at, type, length));
                case RESPONSE -> {
                    if (length >= 12) {
                        onResponse(in.i32(at + 4), in.i32(at + 8));
                    }
                }
                default -> {
                    // RFC 6525 section 4 leaves unknown parameters without an answer.
                }
            }
            at += ChunkBytes.padded(length);
        }
        return responses;
    }

    private byte[] respond(PacketReader in, int at, int type, int length) {
        int sequence = in.i32(at + 4);
        int result;
        if (sequence == peerSequence) {
            result = type == OUTGOING_RESET ? perform(in, at, length) : DENIED;
            if (result != IN_PROGRESS) {
                peerSequence++;
                lastResult = result;
            }
        } else {
            result = sequence == peerSequence - 1 ? lastResult : BAD_SEQUENCE;
        }
        ByteBuffer response = ByteBuffer.allocate(12);
        response.putShort((short) RESPONSE)
                .putShort((short) 12)
                .putInt(sequence)
                .putInt(result);
        return ChunkBytes.chunk(ChunkType.RE_CONFIG, 0, response.array());
    }

    private int perform(PacketReader in, int at, int length) {
        if (length < 16) {
            return DENIED;
        }
        long lastTsn = Tsn.unwrap(inbound.cumulativeTsn(), in.i32(at + 12));
        if (lastTsn > inbound.cumulativeTsn()) {
            inbound.acknowledgeAtOnce();
            return IN_PROGRESS;
        }
        for (int stream = at + 16; stream + 2 <= at + length; stream += 2) {
            inbound.resetStream(in.u16(stream));
            incomingDone.add(in.u16(stream));
        }
        return PERFORMED;
    }

    private void onResponse(int sequence, int result) {
        if (requested.isEmpty() || sequence != requestSequence || result == IN_PROGRESS) {
            return;
        }
        for (int streamId : requested) {
            if (result <= PERFORMED) {
                queue.restart(streamId);
            } else {
                queue.resume(streamId);
            }
        }
        outgoingDone.addAll(requested);
        requested = List.of();
        requestSequence++;
        requestDue = false;
        timerNanos = Outbound.NEVER;
    }
}
