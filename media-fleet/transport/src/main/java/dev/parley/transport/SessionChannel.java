package dev.parley.transport;

import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import dev.parley.sctp.SctpException;
import dev.parley.transport.dtls.DtlsConnection;
import dev.parley.transport.dtls.DtlsDatagrams;
import dev.parley.transport.dtls.DtlsException;
import dev.parley.transport.dtls.DtlsHandshake;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.srtp.SrtpTransformer;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one session's virtual thread does: the DTLS handshake, then DTLS records, SCTP and data channels. */
final class SessionChannel implements Runnable, DataChannelListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionChannel.class);
    private static final int OUR_SCTP_PORT = 5000;
    private static final int OUR_MAX_MESSAGE_BYTES = 256 << 10;

    /** However fast datagrams come, messages and timers get their turn between so many. */
    private static final int DATAGRAMS_A_TURN = 64;

    /** What the agent gets when the handshake is over. */
    record KeysReady(SrtpTransformer sending, SrtpTransformer receiving) {
        /** Forgets them. */
        void close() {
            sending.close();
            receiving.close();
        }
    }

    /** The thread's last word. */
    record Ended(CloseReason reason, String detail) {}

    private final String name;
    private final SessionRequest request;
    private final SessionMailbox mailbox;
    private final TransportListener listener;
    private final PortContext context;

    private DtlsConnection dtls;
    private DataChannels channels;
    private DtlsException sendFailure;
    private Ended ending;
    private final AtomicReference<KeysReady> keys = new AtomicReference<>();
    private volatile Ended ended;

    SessionChannel(
            String name,
            SessionRequest request,
            SessionMailbox mailbox,
            TransportListener listener,
            PortContext context) {
        this.name = name;
        this.request = request;
        this.mailbox = mailbox;
        this.listener = listener;
        this.context = context;
    }

    /** The keys that the handshake agreed on, once and to one caller, who is to close them; null when there are none. Any thread. */
    KeysReady takeKeys() {
        return keys.getAndSet(null);
    }

    /** How the thread ended, or null while it runs. Any thread. */
    Ended ended() {
        return ended;
    }

    @Override
    public void run() {
        mailbox.adopt();
        try {
            shakeHands();
            openChannels();
            while (ending == null) {
                turn();
            }
        } catch (DtlsException e) {
            end(reasonOf(e), e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.warn("{}: unexpected failure", name, e);
            end(CloseReason.FAILED, "unexpected failure: " + e);
        } finally {
            leave();
        }
    }

    /** The last word, whatever happened: without it the session would hold its place on the port for ever. */
    private void leave() {
        end(CloseReason.FAILED, "the session's thread broke down");
        try {
            if (dtls != null) {
                dtls.close();
            }
        } finally {
            ended = ending;
            mailbox.signalAgent();
        }
    }

    private void shakeHands() throws DtlsException {
        dtls = DtlsHandshake.run(context.identity(), request.role(), request.remoteFingerprint(), mailbox, (int)
                context.settings().handshakeTimeout().toMillis());
        keys.set(
                new KeysReady(dtls.keys().sending(context.crypto()), dtls.keys().receiving(context.crypto())));
        mailbox.signalAgent();
    }

    private void openChannels() {
        SctpConfig config = SctpConfig.defaults()
                .withPorts(OUR_SCTP_PORT, request.remoteSctpPort())
                .withMaxMessageBytes(OUR_MAX_MESSAGE_BYTES, remoteMaxMessageBytes());
        channels = new DataChannels(config, request.role() == DtlsRole.CLIENT, context.random(), this);
        channels.negotiate(DataChannelIds.PARLEY, Reliability.RELIABLE);
        channels.negotiate(DataChannelIds.PARLEY_LOSSY, Reliability.LOSSY);
        channels.connect(now());
    }

    private int remoteMaxMessageBytes() {
        int announced = request.remoteMaxMessageBytes();
        return announced == 0 ? OUR_MAX_MESSAGE_BYTES : announced;
    }

    /** Takes what has arrived, sends what is wanted, lets the timers run, and waits for more. */
    private void turn() throws DtlsException {
        receiveRecords();
        sendMessages();
        channels.onTimer(now());
        if (sendFailure != null) {
            throw sendFailure;
        }
        if (dtls.closedByPeer()) {
            end(CloseReason.REMOTE, "the peer closed the DTLS connection");
        } else if (mailbox.isStopped()) {
            end(CloseReason.LOCAL, "");
        } else if (ending == null) {
            mailbox.awaitWork(channels.nextDeadlineNanos(), !channels.isEstablished() || channels.queuedBytes() > 0);
        }
    }

    private void receiveRecords() throws DtlsException {
        if (!mailbox.hasDatagram()) {
            return;
        }
        // Made anew for what has come: between its messages a participant keeps no room for them.
        byte[] record = new byte[DtlsDatagrams.MAX_RECEIVE_BYTES];
        for (int i = 0; i < DATAGRAMS_A_TURN && mailbox.hasDatagram() && ending == null; i++) {
            int length = dtls.receive(record);
            while (length >= 0) {
                channels.receive(record, 0, length, now());
                length = dtls.receivePending(record);
            }
        }
    }

    private void sendMessages() {
        SessionMailbox.Outgoing message;
        while (ending == null && (message = mailbox.pollMessage()) != null) {
            try {
                boolean taken = message.binary() == null
                        ? channels.sendText(message.channelId(), message.text(), now())
                        : channels.sendBinary(message.channelId(), message.binary(), now());
                if (!taken) {
                    end(
                            CloseReason.OVERLOADED,
                            "the peer does not take the messages of channel " + message.channelId());
                }
            } catch (SctpException e) {
                LOG.warn("{}: a message for channel {} was not sent: {}", name, message.channelId(), e.getMessage());
            }
        }
    }

    private CloseReason reasonOf(DtlsException e) {
        if (mailbox.isStopped()) {
            return CloseReason.LOCAL;
        }
        return switch (e.kind()) {
            case FINGERPRINT_MISMATCH -> CloseReason.FINGERPRINT_MISMATCH;
            case HANDSHAKE_FAILED -> CloseReason.HANDSHAKE_FAILED;
            case CONNECTION_FAILED -> dtls.closedByPeer() ? CloseReason.REMOTE : CloseReason.FAILED;
        };
    }

    private void end(CloseReason reason, String detail) {
        if (ending == null) {
            ending = new Ended(reason, detail);
        }
    }

    private long now() {
        return context.nanoClock().getAsLong();
    }

    /** A listener's mistake costs its message, not the session. */
    private void tellListener(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: the listener failed on a message", name, e);
        }
    }

    @Override
    public void packet(byte[] bytes, int offset, int length) {
        if (sendFailure != null) {
            return;
        }
        try {
            dtls.send(bytes, offset, length);
        } catch (DtlsException e) {
            sendFailure = e;
        }
    }

    @Override
    public void established() {
        tellListener(() -> {
            listener.channelOpen(DataChannelIds.PARLEY, "parley");
            listener.channelOpen(DataChannelIds.PARLEY_LOSSY, "parley-lossy");
        });
    }

    @Override
    public void opened(int channelId, String label, String protocol, Reliability reliability) {
        tellListener(() -> listener.channelOpen(channelId, label));
    }

    @Override
    public void text(int channelId, String message) {
        tellListener(() -> listener.text(channelId, message));
    }

    @Override
    public void binary(int channelId, byte[] message) {
        tellListener(() -> listener.binary(channelId, message));
    }

    @Override
    public void channelClosed(int channelId) {
        LOG.debug("{}: the peer closed channel {}", name, channelId);
    }

    @Override
    public void closed(dev.parley.sctp.CloseReason reason) {
        if (reason.kind() != dev.parley.sctp.CloseReason.Kind.LOCAL_ABORT) {
            end(CloseReason.REMOTE, "data channels ended: " + reason.detail());
        }
    }
}
