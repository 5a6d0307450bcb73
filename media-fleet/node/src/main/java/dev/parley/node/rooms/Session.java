package dev.parley.node.rooms;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.node.agents.MediaAgent;
import dev.parley.node.negotiation.Agreement;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.rooms.Participant;
import dev.parley.transport.CloseReason;
import dev.parley.transport.DataChannelIds;
import dev.parley.transport.TransportListener;
import dev.parley.transport.TransportSession;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * One participant's transport in a room: packets go from here to the SFU and back on the agent's thread, messages are parsed on the
 * session's own thread and left with the room.
 */
final class Session implements TransportListener, PacketSink {
    private static final double MESSAGES_PER_SECOND = 50;
    private static final double MESSAGE_BURST = 200;

    /** Every word may go to everybody, and who cannot take it all is cut off: one must not be able to send more than a slow link takes. */
    private static final double CHARS_PER_SECOND = 16 << 10;

    private static final double CHAR_BURST = 256 << 10;

    private final String id;
    private final Room room;
    private final MediaAgent agent;
    private final MediaClaims claims;
    private final Agreement agreement;
    private final Participant participant;
    private final RoomCounters counters;
    private final MessageBudget budget;
    private final MessageBudget charBudget;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    // Set once, before the peer can know that this session exists.
    private volatile TransportSession transport;
    private volatile Rights rights;
    private volatile SubRoom where;

    // The conductor's own.
    private long answers;
    private boolean connected;
    private boolean ended;

    /**
     * A session that is not connected yet.
     *
     * @param agent whose port the transport will be on
     * @param rights what the participant may, as of now
     */
    Session(
            String id,
            Room room,
            MediaAgent agent,
            MediaClaims claims,
            Rights rights,
            Agreement agreement,
            RoomCounters counters) {
        this.id = id;
        this.room = room;
        this.agent = agent;
        this.claims = claims;
        this.rights = rights;
        this.agreement = agreement;
        this.where = room.main();
        this.participant = new Participant(agreement.spec(claims.csrc()), this);
        this.counters = counters;
        this.budget = new MessageBudget(MESSAGES_PER_SECOND, MESSAGE_BURST, System.nanoTime());
        this.charBudget = new MessageBudget(CHARS_PER_SECOND, CHAR_BURST, System.nanoTime());
    }

    void attach(TransportSession opened) {
        transport = opened;
    }

    /** The agent that serves this session. */
    MediaAgent agent() {
        return agent;
    }

    String id() {
        return id;
    }

    MediaClaims claims() {
        return claims;
    }

    /** What the participant is here and may send now. Any thread. */
    Rights rights() {
        return rights;
    }

    void rights(Rights now) {
        rights = now;
    }

    /** The main room or the breakout that the participant is in. Any thread; the conductor alone changes it. */
    SubRoom where() {
        return where;
    }

    void where(SubRoom now) {
        where = now;
    }

    Agreement agreement() {
        return agreement;
    }

    Participant participant() {
        return participant;
    }

    TransportSession transport() {
        return transport;
    }

    /** Done when the transport is gone. */
    CompletableFuture<Void> closedFuture() {
        return closed;
    }

    // ---- the conductor's thread

    long nextAnswer() {
        return ++answers;
    }

    boolean isConnected() {
        return connected;
    }

    void markConnected() {
        connected = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Says why, closes the transport and takes the participant out of the SFU. A second call does nothing. */
    void end(String reason, String by) {
        if (ended) {
            return;
        }
        ended = true;
        if (connected) {
            send(ChannelText.of(new ChannelMessage.End(reason, by)));
        }
        room.leaveSfu(this);
        transport.close(CloseReason.LOCAL, reason);
    }

    /** Sends on the reliable channel; what the transport does not take ends the session there. */
    void send(String text) {
        if (transport.sendMessage(DataChannelIds.PARLEY, text)) {
            counters.messagesOut.increment();
        }
    }

    // ---- the agent's thread

    @Override
    public void connected() {
        room.joinSfu(this);
        room.conductor().post(() -> room.onConnected(this));
    }

    @Override
    public void rtp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        participant.onRtp(buffer, offset, length, nowNanos);
    }

    @Override
    public void rtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        participant.onRtcp(buffer, offset, length, nowNanos);
    }

    @Override
    public ByteBuffer outgoing() {
        return transport.outgoing();
    }

    @Override
    public int outgoingOffset() {
        return transport.outgoingOffset();
    }

    /** Out of the SFU. */
    @Override
    public void rtp(ByteBuffer buffer, int offset, int length) {
        transport.sendRtp(buffer, offset, length);
    }

    /** Out of the SFU. */
    @Override
    public void rtcp(ByteBuffer buffer, int offset, int length) {
        transport.sendRtcp(buffer, offset, length);
    }

    @Override
    public void disconnected() {
        room.conductor().post(() -> room.onConnectionLost(this, true));
    }

    @Override
    public void reconnected() {
        room.conductor().post(() -> room.onConnectionLost(this, false));
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        room.leaveSfu(this);
        closed.complete(null);
        room.conductor().post(() -> room.onClosed(this, reason, detail));
    }

    // ---- the session's thread

    @Override
    public void text(int channelId, String text) {
        if (channelId != DataChannelIds.PARLEY) {
            // The lossy channel carries nothing yet that a node listens to.
            return;
        }
        counters.messagesIn.increment();
        long now = System.nanoTime();
        if (!budget.take(1, now) || !charBudget.take(text.length(), now)) {
            counters.messagesOverBudget.increment();
            return;
        }
        if (!ChannelText.fits(text)) {
            counters.messagesMalformed.increment();
            return;
        }
        ChannelMessage message;
        try {
            message = Wire.read(text, ChannelMessage.class);
        } catch (WireException e) {
            counters.messagesMalformed.increment();
            return;
        }
        if (message instanceof ChannelMessage.Unknown) {
            counters.messagesUnknown.increment();
        } else if (!room.conductor().offer(() -> room.onMessage(this, message))) {
            counters.eventsDropped.increment();
        }
    }

    @Override
    public void binary(int channelId, byte[] message) {
        counters.messagesIn.increment();
        counters.messagesMalformed.increment();
    }
}
