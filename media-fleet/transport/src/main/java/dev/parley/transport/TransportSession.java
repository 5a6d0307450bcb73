package dev.parley.transport;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.BindingServer;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.ice.LiteAgent;
import dev.parley.transport.srtp.SrtpProfile;
import dev.parley.transport.srtp.SrtpTransformer;
import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpEngine;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One peer on a {@link MediaPort}: ICE, DTLS, SRTP and data channels behind one object.
 *
 * <p>{@link #sendRtp} and {@link #sendRtcp} belong to the agent's thread; everything else here may be called by any.
 */
public final class TransportSession implements BindingServer.Session {
    private final MediaPort port;
    private final long id;
    private final SessionRequest request;
    private final TransportListener listener;
    private final MediaPortSettings settings;
    private final SessionMailbox mailbox;
    private final SessionChannel channel;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile IceCredentials localCredentials;
    private volatile SessionState state = SessionState.NEW;
    private volatile SessionChannel.Ended closeRequest;

    // The agent's own.
    private final LiteAgent ice;
    private final long openedNanos;
    private final EarlyMedia early = new EarlyMedia();
    private RemoteAddress dtlsAddress;
    private boolean channelStarted;
    private boolean released;
    private SrtpTransformer sending;
    private SrtpTransformer receiving;
    private long lastHeardNanos;

    // Written by the agent alone; volatile so that any thread may read.
    private volatile InetSocketAddress remote;
    private volatile SrtpProfile profile;

    // Counted by the agent alone, read by any thread: not volatile, for its fence would wait for the packet's bytes.
    private final Count packetsIn = new Count();
    private final Count bytesIn = new Count();
    private final Count packetsOut = new Count();
    private final Count bytesOut = new Count();
    private final Count rejectedIn = new Count();

    TransportSession(MediaPort port, long id, SessionRequest request, TransportListener listener, PortContext context) {
        this.port = port;
        this.id = id;
        this.request = request;
        this.listener = listener;
        this.settings = context.settings();
        this.localCredentials = IceCredentials.generate(context.random());
        this.ice = new LiteAgent(localCredentials);
        this.openedNanos = context.nanoClock().getAsLong();
        this.mailbox = new SessionMailbox(settings, context.nanoClock(), port.tally(), this::signal);
        this.channel = new SessionChannel("session " + id, request, mailbox, listener, context);
    }

    /** Number of this session on its port. */
    public long id() {
        return id;
    }

    /** Our current ICE credentials, for the answer. */
    public IceCredentials localCredentials() {
        return localCredentials;
    }

    /** Our role in the DTLS handshake, for the answer. */
    public DtlsRole role() {
        return request.role();
    }

    /** Where it stands. */
    public SessionState state() {
        return state;
    }

    /** The figures so far. */
    public TransportStats stats() {
        return new TransportStats(
                state,
                Optional.ofNullable(remote),
                Optional.ofNullable(profile),
                packetsIn.get(),
                bytesIn.get(),
                packetsOut.get(),
                bytesOut.get(),
                rejectedIn.get());
    }

    /**
     * Restarts ICE (RFC 8445 section 9): DTLS, SRTP and the data channels go on. The old credentials work until the
     * first valid check with the new ones.
     *
     * @param remoteIce the peer's new credentials
     * @return ours, for the answer
     * @throws TransportException when the port takes no more commands
     */
    public IceCredentials restart(IceCredentials remoteIce) {
        Objects.requireNonNull(remoteIce, "remoteIce");
        IceCredentials fresh = port.newCredentials();
        localCredentials = fresh;
        port.execute(() -> {
            if (state != SessionState.CLOSED) {
                long givenUp = ice.restart(fresh);
                port.unregister(givenUp);
                port.register(ice.ufrag(), this);
            }
        });
        return fresh;
    }

    /**
     * Protects the packet in place and sends it; {@value dev.parley.transport.udp.UdpEngine#TAIL_ROOM_BYTES} bytes
     * behind it may be overwritten. The bytes are ciphertext afterwards. An SSRC's index can be sent once only.
     *
     * @return false when the session is not connected or the packet was refused, which is counted
     */
    public boolean sendRtp(ByteBuffer buffer, int offset, int length) {
        return sending != null && sendProtected(buffer, offset, sending.protectRtp(buffer, offset, length));
    }

    /** Protects and sends an RTCP compound; as {@link #sendRtp}. */
    public boolean sendRtcp(ByteBuffer buffer, int offset, int length) {
        return sending != null && sendProtected(buffer, offset, sending.protectRtcp(buffer, offset, length));
    }

    /** {@link UdpEngine#outgoing} of the port's engine: a packet written there is sent without a copy. Agent's thread. */
    public ByteBuffer outgoing() {
        return port.engine().outgoing();
    }

    /** {@link UdpEngine#outgoingOffset} of the port's engine. Agent's thread. */
    public int outgoingOffset() {
        return port.engine().outgoingOffset();
    }

    private boolean sendProtected(ByteBuffer buffer, int offset, int protectedLength) {
        if (protectedLength < 0) {
            port.tally().addSendFailure(protectedLength);
            return false;
        }
        RemoteAddress to = target();
        if (to == null || !port.engine().send(to, buffer, offset, protectedLength)) {
            return false;
        }
        packetsOut.add(1);
        bytesOut.add(protectedLength);
        return true;
    }

    /**
     * Sends a text message; before the channels are open it waits.
     *
     * @return false when the session is closed, or closes now because its queue is full
     */
    public boolean sendMessage(int channelId, String text) {
        return send(new SessionMailbox.Outgoing(channelId, Objects.requireNonNull(text, "text"), null));
    }

    /** Sends a binary message, which must not be changed afterwards; as {@link #sendMessage(int, String)}. */
    public boolean sendMessage(int channelId, byte[] binary) {
        return send(new SessionMailbox.Outgoing(channelId, null, Objects.requireNonNull(binary, "binary")));
    }

    private boolean send(SessionMailbox.Outgoing message) {
        if (state == SessionState.CLOSED) {
            return false;
        }
        if (!mailbox.offerMessage(message)) {
            close(CloseReason.OVERLOADED, "too many messages are waiting");
            return false;
        }
        return true;
    }

    /** Ends the session; messages given before are still sent, if the peer takes them at once. A second call does nothing. */
    public void close(CloseReason reason, String detail) {
        if (closeRequest == null) {
            closeRequest = new SessionChannel.Ended(reason, detail);
            signal();
        }
    }

    // ---- below: the agent's thread

    @Override
    public LiteAgent ice() {
        return ice;
    }

    /** A check of this peer was verified; {@code from} is kept and ours. */
    void onValidCheck(RemoteAddress from, long localUfrag, boolean nominates, long nowNanos) {
        port.unregister(ice.checked(localUfrag, nowNanos));
        if (nominates && ice.selected() != from) {
            ice.nominate(from);
            remote = from.socketAddress();
        }
        if (state == SessionState.NEW) {
            state = SessionState.CHECKING;
        }
        heard(nowNanos);
        if (request.role() == DtlsRole.CLIENT && ice.selected() != null) {
            startChannel();
        }
    }

    void onDtls(byte[] datagram, RemoteAddress from, long nowNanos) {
        if (state == SessionState.CLOSED) {
            return;
        }
        dtlsAddress = from;
        startChannel();
        mailbox.offerDatagram(datagram, nowNanos);
    }

    void onMedia(ByteBuffer buffer, int offset, int length, boolean isRtcp, long nowNanos) {
        if (state == SessionState.CLOSED) {
            return;
        }
        if (receiving == null) {
            port.tally().add(Tally.Event.MEDIA_BEFORE_KEYS);
            early.hold(buffer, offset, length, isRtcp);
            return;
        }
        int plain = isRtcp
                ? receiving.unprotectRtcp(buffer, offset, length)
                : receiving.unprotectRtp(buffer, offset, length);
        if (plain < 0) {
            rejectedIn.add(1);
            port.tally().addReceiveFailure(plain);
            return;
        }
        packetsIn.add(1);
        bytesIn.add(length);
        heard(nowNanos);
        if (isRtcp) {
            listener.rtcp(buffer, offset, plain, nowNanos);
        } else {
            listener.rtp(buffer, offset, plain, nowNanos);
        }
    }

    private void heard(long nowNanos) {
        lastHeardNanos = nowNanos;
        if (state == SessionState.DISCONNECTED) {
            state = SessionState.CONNECTED;
            listener.reconnected();
        }
    }

    private void startChannel() {
        if (!channelStarted) {
            channelStarted = true;
            state = SessionState.HANDSHAKING;
            Thread.ofVirtual().name("session-" + id).start(channel);
        }
    }

    /** Takes what the session's thread has for us. */
    void drain(long nowNanos) {
        signalled.set(false);
        // Read before the rest: when it is there, so is everything that the thread had to say before.
        SessionChannel.Ended ended = channel.ended();
        byte[] datagram;
        while ((datagram = mailbox.pollOutbox()) != null) {
            sendDtls(datagram);
        }
        SessionChannel.KeysReady keys = channel.takeKeys();
        if (keys != null) {
            onKeys(keys, nowNanos);
        }
        if (closeRequest != null) {
            end(closeRequest.reason(), closeRequest.detail());
        }
        if (ended != null) {
            end(ended.reason(), ended.detail());
            release();
        }
    }

    private void sendDtls(byte[] datagram) {
        RemoteAddress to = target();
        if (to != null) {
            port.engine().send(to, ByteBuffer.wrap(datagram), 0, datagram.length);
        }
    }

    /** The nominated address; before there is one, that of the peer's last DTLS datagram, which was validated as well. */
    private RemoteAddress target() {
        return ice.selected() != null ? ice.selected() : dtlsAddress;
    }

    private void onKeys(SessionChannel.KeysReady keys, long nowNanos) {
        if (state == SessionState.CLOSED) {
            keys.close();
            return;
        }
        sending = keys.sending();
        receiving = keys.receiving();
        profile = sending.profile();
        lastHeardNanos = nowNanos;
        state = SessionState.CONNECTED;
        listener.connected();
        early.release((buffer, offset, length, isRtcp) -> onMedia(buffer, offset, length, isRtcp, nowNanos));
    }

    /** Wakes the session's thread if its time has come. */
    void remind(long nowNanos) {
        mailbox.remind(nowNanos);
    }

    /** Looks after the session's timers. */
    void sweep(long nowNanos) {
        if (closeRequest != null || channel.ended() != null) {
            drain(nowNanos);
        }
        if (state == SessionState.CLOSED) {
            return;
        }
        boolean connecting = state == SessionState.NEW || state == SessionState.CHECKING;
        if (ice.wasChecked()
                && nowNanos - ice.lastCheckNanos() > settings.consentTimeout().toNanos()) {
            end(CloseReason.CONSENT_EXPIRED, "no valid check for " + settings.consentTimeout());
        } else if (connecting
                && nowNanos - openedNanos > settings.connectTimeout().toNanos()) {
            end(CloseReason.ICE_TIMEOUT, ice.wasChecked() ? "checks, but no DTLS came" : "no valid check ever came");
        } else if (state == SessionState.CONNECTED
                && nowNanos - lastHeardNanos > settings.disconnectedAfter().toNanos()) {
            state = SessionState.DISCONNECTED;
            listener.disconnected();
        }
    }

    /** Ends the session for its owner; its thread and addresses follow when the thread has said goodbye. */
    void end(CloseReason reason, String detail) {
        if (state == SessionState.CLOSED) {
            return;
        }
        state = SessionState.CLOSED;
        if (sending != null) {
            sending.close();
            receiving.close();
            sending = null;
            receiving = null;
        }
        port.unregister(ice.ufrag());
        port.unregister(ice.previousUfrag());
        mailbox.stop();
        if (!channelStarted) {
            release();
        }
        listener.closed(reason, detail);
    }

    /** Lets go of the addresses, and of the place on the port. */
    void release() {
        if (!released) {
            released = true;
            RemoteAddress address;
            while ((address = ice.takeValid()) != null) {
                port.engine().release(address);
            }
            dtlsAddress = null;
            port.remove(this);
        }
    }

    /** An address of this session now belongs to another. */
    void lose(RemoteAddress address) {
        ice.removeValid(address);
        if (dtlsAddress == address) {
            dtlsAddress = null;
        }
    }

    /** Whether the session's thread is over. Any thread. */
    boolean hasThreadEnded() {
        return channel.ended() != null;
    }

    private void signal() {
        if (signalled.compareAndSet(false, true)) {
            port.signal(this);
        }
    }
}
