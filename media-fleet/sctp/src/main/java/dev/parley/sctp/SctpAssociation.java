package dev.parley.sctp;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One end of an SCTP association over DTLS (RFC 9260 as profiled by RFC 8261 and RFC 8831, with RFC 3758 partial
 * reliability and RFC 6525 stream reset). A state machine: it does no I/O, starts no thread and reads no clock. One
 * thread at a time calls it; every call may send packets and hand on messages through the {@link AssociationListener}.
 *
 * <p>{@code nowNanos} is a monotonic time in nanoseconds of any origin, compared as a plain {@code long}. After every
 * call {@link #nextDeadlineNanos()} says when {@link #onTimer} is due.
 *
 * <p>Both ends may {@link #connect} at the same time; an end that does not answers the other's INIT. Nothing a peer
 * sends makes a method throw.
 */
public final class SctpAssociation {
    private final SctpConfig config;
    private final AssociationListener listener;
    private final PacketReader reader = new PacketReader();
    private final Outbox outbox;
    private final Handshake handshake;
    private SendQueue queue = new SendQueue();
    private Optional<Transfer> transfer = Optional.empty();
    private Teardown teardown = new Teardown();
    private boolean ended;
    private boolean dataInPacket;
    private boolean establishedUntold;

    /**
     * An association that waits for the peer's INIT until {@link #connect} is called.
     *
     * @param random for tags and the cookie's key: a {@code SecureRandom} outside of tests
     */
    public SctpAssociation(SctpConfig config, RandomGenerator random, AssociationListener listener) {
        this.config = config;
        this.listener = listener;
        this.outbox = new Outbox(config, listener);
        this.handshake = new Handshake(config, random);
    }

    /** Sends INIT, unless the handshake is under way or done. */
    public void connect(long nowNanos) {
        if (!ended) {
            handshake.connect(nowNanos);
            transmit(nowNanos);
        }
    }

    /** Whether messages flow. */
    public boolean isEstablished() {
        return !ended && handshake.isDone();
    }

    /** Bytes accepted for sending that have not been sent for the first time. */
    public long queuedBytes() {
        return queue.bytes();
    }

    /**
     * Takes a message for sending; before the handshake is done it waits.
     *
     * @param payload at least one byte; the association keeps the array
     * @return false when {@link SctpConfig#maxQueuedBytes()} are queued: try again later
     * @throws SctpException when the message is too large, the stream does not exist or the association has ended
     */
    public boolean send(int streamId, int payloadProtocol, byte[] payload, Reliability reliability, long nowNanos) {
        if (payload.length == 0) {
            throw new IllegalArgumentException(
                    "SCTP has no empty message; RFC 8831 gives it a payload protocol of its own");
        }
        if (ended || teardown.isUnderWay()) {
            throw new SctpException(SctpException.Code.NOT_OPEN, "the association has ended or is shutting down");
        }
        if (payload.length > config.remoteMaxMessageBytes()) {
            throw new SctpException(
                    SctpException.Code.MESSAGE_TOO_LARGE,
                    payload.length + " bytes, the peer takes " + config.remoteMaxMessageBytes());
        }
        int streams = transfer.map(Transfer::streams).orElse(config.streams());
        if (streamId < 0 || streamId >= streams) {
            throw new SctpException(
                    SctpException.Code.NO_SUCH_STREAM, "stream " + streamId + " of " + streams + " does not exist");
        }
        if (queue.bytes() + payload.length > config.maxQueuedBytes()) {
            return false;
        }
        queue.add(new OutgoingMessage(streamId, payloadProtocol, payload, reliability, nowNanos));
        transmit(nowNanos);
        return true;
    }

    /** Resets the outgoing side of a stream once everything queued on it has been sent. */
    public void resetStream(int streamId, long nowNanos) {
        transfer.ifPresent(now -> {
            if (now.reconfig()) {
                now.resets().ask(streamId);
            }
        });
        if (!canResetStreams()) {
            listener.outgoingStreamReset(streamId);
        }
        transmit(nowNanos);
    }

    /** Whether the handshake is done and the peer takes stream resets; without, a reset is answered by ourselves. */
    public boolean canResetStreams() {
        return transfer.isPresent() && transfer.get().reconfig();
    }

    /** Ends the association after everything queued has arrived. */
    public void shutdown(long nowNanos) {
        if (ended || teardown.isUnderWay()) {
            return;
        }
        if (transfer.isEmpty()) {
            end(CloseReason.of(CloseReason.Kind.SHUTDOWN, "shut down before the handshake was done"));
            return;
        }
        teardown.want();
        transmit(nowNanos);
    }

    /** Ends the association at once and tells the peer. */
    public void abort(String why) {
        if (!ended) {
            abort(ChunkType.CAUSE_USER_ABORT, CloseReason.of(CloseReason.Kind.LOCAL_ABORT, why));
        }
    }

    /** When {@link #onTimer} is to be called next; {@code Long.MAX_VALUE} when nothing is waiting. */
    public long nextDeadlineNanos() {
        if (ended) {
            return Outbound.NEVER;
        }
        long next = Math.min(teardown.timerNanos(), handshake.timerNanos());
        return transfer.isPresent() ? Math.min(next, transfer.get().timerNanos()) : next;
    }

    /** Does what is due at {@code nowNanos}; harmless when nothing is. */
    public void onTimer(long nowNanos) {
        if (ended) {
            return;
        }
        if (!handshake.onTimer(nowNanos)) {
            end(CloseReason.of(CloseReason.Kind.TIMEOUT, "the peer did not answer the handshake"));
            return;
        }
        transfer.ifPresent(now -> now.onTimer(nowNanos));
        boolean silent = transfer.isPresent() && transfer.get().outbound().expirations() > config.maxRetransmits();
        if (silent || !teardown.onTimer(nowNanos, config.maxRetransmits())) {
            abort(
                    ChunkType.CAUSE_USER_ABORT,
                    CloseReason.of(CloseReason.Kind.TIMEOUT, "the peer acknowledges nothing any more"));
            return;
        }
        transmit(nowNanos);
    }

    /** Takes a received packet: the content of one DTLS record. */
    public void receive(byte[] packet, int offset, int length, long nowNanos) {
        if (ended || !reader.open(packet, offset, length, config.localPort(), config.remotePort())) {
            return;
        }
        dataInPacket = false;
        while (!ended && reader.next()) {
            if (!accepts() || !onChunk(nowNanos)) {
                break;
            }
        }
        if (dataInPacket) {
            transfer.ifPresent(now -> now.inbound().onDataPacket(nowNanos));
        }
        handOn();
        transmit(nowNanos);
    }

    /** The verification tag rules (RFC 9260 section 8.5). */
    private boolean accepts() {
        int tag = reader.verificationTag();
        boolean reflected = (reader.flags() & 1) != 0;
        return switch (reader.type()) {
            case ChunkType.INIT -> tag == 0 && reader.isAlone();
            case ChunkType.COOKIE_ECHO -> reader.isFirst();
            case ChunkType.ABORT, ChunkType.SHUTDOWN_COMPLETE ->
                tag != 0 && tag == (reflected ? handshake.peerTag() : handshake.localTag());
            default -> tag != 0 && tag == handshake.localTag();
        };
    }

    /** Takes one chunk; false when the rest of the packet is to be left alone. */
    private boolean onChunk(long nowNanos) {
        switch (reader.type()) {
            case ChunkType.INIT -> onInit(nowNanos);
            case ChunkType.INIT_ACK -> handshake.onInitAck(reader, nowNanos);
            case ChunkType.COOKIE_ECHO -> {
                return onCookieEcho(nowNanos);
            }
            case ChunkType.COOKIE_ACK ->
                handshake.onCookieAck().ifPresent(agreed -> establish(agreed, handshake.localFirstTsn()));
            case ChunkType.DATA -> onData();
            case ChunkType.SACK -> onSack(nowNanos);
            case ChunkType.FORWARD_TSN ->
                transfer.ifPresent(now -> {
                    dataInPacket = true;
                    now.inbound().onForwardTsn(reader);
                });
            case ChunkType.RE_CONFIG ->
                transfer.ifPresent(now -> now.resets().onReconfig(reader).forEach(outbox::add));
            case ChunkType.HEARTBEAT -> answerHeartbeat();
            case ChunkType.ABORT -> end(CloseReason.of(CloseReason.Kind.REMOTE_ABORT, "the peer aborted"));
            case ChunkType.SHUTDOWN, ChunkType.SHUTDOWN_ACK, ChunkType.SHUTDOWN_COMPLETE -> onTeardown(nowNanos);
            case ChunkType.ERROR -> onError(nowNanos);
            case ChunkType.HEARTBEAT_ACK -> {
                // We send no heartbeats: ICE consent (RFC 7675) watches the path.
            }
            default -> {
                if (ChunkType.unknownIsReported(reader.type(), 8)) {
                    outbox.add(ChunkBytes.error(ChunkType.CAUSE_UNRECOGNIZED_CHUNK, reader.chunk()));
                }
                return ChunkType.unknownIsSkipped(reader.type(), 8);
            }
        }
        return true;
    }

    private void onInit(long nowNanos) {
        if (teardown.repeatAck()) {
            return;
        }
        Init.read(reader).flatMap(init -> handshake.answerInit(init, nowNanos)).ifPresent(this::sendAlone);
    }

    private void sendAlone(Handshake.Answer answer) {
        outbox.sendAlone(answer.chunk(), answer.verificationTag());
    }

    private boolean onCookieEcho(long nowNanos) {
        Handshake.Echo echo = handshake.onCookieEcho(reader, nowNanos);
        echo.refusal().ifPresent(this::sendAlone);
        if (echo.accepted()) {
            echo.agreed().ifPresent(agreed -> establish(agreed, handshake.localFirstTsn()));
            outbox.add(ChunkBytes.empty(ChunkType.COOKIE_ACK, 0));
        }
        return echo.accepted();
    }

    private void establish(Handshake.Agreed agreed, int localFirstTsn) {
        boolean restarted = transfer.isPresent();
        if (restarted) {
            queue = new SendQueue();
            outbox.clear();
            teardown = new Teardown();
        }
        transfer = Optional.of(new Transfer(config, agreed, localFirstTsn, queue));
        establishedUntold |= !restarted;
    }

    private void onData() {
        if (transfer.isEmpty() || !teardown.takesData()) {
            return;
        }
        Inbound inbound = transfer.get().inbound();
        Optional<DataChunk> chunk = DataChunk.read(reader, inbound.cumulativeTsn());
        if (chunk.isEmpty()) {
            return;
        }
        dataInPacket = true;
        switch (inbound.onData(chunk.get(), (reader.flags() & DataChunk.FLAG_IMMEDIATE) != 0)) {
            case TAKEN -> {
                // Nothing to say before the SACK.
            }
            case NO_SUCH_STREAM -> {
                byte[] stream = {
                    (byte) (chunk.get().streamId() >> 8), (byte) chunk.get().streamId(), 0, 0
                };
                outbox.add(ChunkBytes.error(ChunkType.CAUSE_INVALID_STREAM, stream));
            }
            case NO_USER_DATA -> violated(ChunkType.CAUSE_NO_USER_DATA, "a DATA chunk without data");
            case VIOLATION ->
                violated(
                        ChunkType.CAUSE_PROTOCOL_VIOLATION,
                        "fragments that contradict each other, a message over " + config.maxMessageBytes()
                                + " bytes, or messages whose turn never comes");
        }
    }

    private void violated(int cause, String what) {
        abort(cause, CloseReason.of(CloseReason.Kind.PROTOCOL_VIOLATION, "the peer sent " + what));
    }

    private void onSack(long nowNanos) {
        transfer.ifPresent(now -> SelectiveAck.read(reader, now.outbound().ackedTsn())
                .ifPresent(sack -> now.outbound().onSack(sack, nowNanos)));
    }

    private void answerHeartbeat() {
        outbox.add(ChunkBytes.chunk(ChunkType.HEARTBEAT_ACK, 0, reader.body()));
    }

    private void onError(long nowNanos) {
        if (reader.bodyLength() >= 4 && reader.u16(0) == ChunkType.CAUSE_STALE_COOKIE) {
            handshake.onStaleCookie(nowNanos);
        }
    }

    private void onTeardown(long nowNanos) {
        if (transfer.isEmpty()) {
            return;
        }
        switch (reader.type()) {
            case ChunkType.SHUTDOWN -> {
                if (reader.bodyLength() >= 4) {
                    transfer.get().outbound().onCumulative(reader.i32(0), nowNanos);
                }
                teardown.onShutdown();
            }
            case ChunkType.SHUTDOWN_ACK -> {
                if (teardown.isCompletedByAck()) {
                    outbox.add(ChunkBytes.empty(ChunkType.SHUTDOWN_COMPLETE, 0));
                    outbox.flush(handshake.peerTag());
                    end(CloseReason.of(CloseReason.Kind.SHUTDOWN, "shut down"));
                }
            }
            default -> {
                if (teardown.isCompletedByComplete()) {
                    end(CloseReason.of(CloseReason.Kind.SHUTDOWN, "shut down by the peer"));
                }
            }
        }
    }

    /** Messages and resets are handed on between taking chunks and sending, so that a listener may send. */
    private void handOn() {
        if (transfer.isEmpty()) {
            return;
        }
        Transfer now = transfer.get();
        if (establishedUntold && !ended) {
            establishedUntold = false;
            listener.established();
        }
        Reassembly.Message message;
        while (!ended && (message = now.inbound().ready().poll()) != null) {
            listener.message(message.streamId(), message.payloadProtocol(), message.payload());
        }
        now.resets().takeIncomingDone().forEach(listener::incomingStreamReset);
        now.resets().takeOutgoingDone().forEach(listener::outgoingStreamReset);
    }

    private void transmit(long nowNanos) {
        if (ended) {
            return;
        }
        handshake.takeInit().ifPresent(init -> outbox.sendAlone(init, 0));
        handshake.takeCookieEcho().ifPresent(echo -> outbox.sendAlone(echo, handshake.peerTag()));
        if (transfer.isEmpty()) {
            return;
        }
        Transfer now = transfer.get();
        teardown.take(
                        now.outbound().isIdle(),
                        now.inbound().cumulativeTsn(),
                        now.outbound().timeoutNanos(),
                        nowNanos)
                .ifPresent(outbox::add);
        now.resets().takeRequest(nowNanos).ifPresent(outbox::add);
        now.outbound().takeForwardTsn(nowNanos).ifPresent(outbox::add);
        outbox.send(now, !teardown.isPastData(), handshake.peerTag(), nowNanos, () -> ended);
    }

    private void abort(int cause, CloseReason reason) {
        if (handshake.peerTag() != 0) {
            outbox.clear();
            outbox.add(ChunkBytes.abort(cause, reason.detail()));
            outbox.flush(handshake.peerTag());
        }
        end(reason);
    }

    private void end(CloseReason reason) {
        if (!ended) {
            ended = true;
            outbox.clear();
            listener.closed(reason);
        }
    }
}
