package dev.parley.peer.rtc;

import dev.parley.contracts.media.TrackLabel;
import dev.parley.peer.PeerStats;
import dev.parley.peer.media.DemoMedia;
import dev.parley.rtp.sdp.Setup;
import dev.parley.sctp.CloseReason;
import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import dev.parley.sctp.SctpException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSTransport;

/**
 * One WebRTC transport from offer to end: ICE, DTLS, SRTP, data channels. {@link #offer} first, then {@link #accept} with
 * the answer; from then on the listener hears what happens, on the transport's own threads.
 */
public final class PeerTransport implements AutoCloseable {
    /** Data channel {@code parley}: ordered and reliable. */
    public static final int PARLEY = 0;

    /** Data channel {@code parley-lossy}: unordered, no retransmit. */
    public static final int PARLEY_LOSSY = 1;

    private static final Duration ICE_TIMEOUT = Duration.ofSeconds(20);
    /** A node tells a sender what arrived 20 times a second: this long without anything, it is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final String LEFT = "left";
    private static final int LONGEST_WAIT_MILLIS = 1_000;
    private static final int LARGEST_DATAGRAM = 2048;

    /** What a transport tells its owner. */
    public interface Listener {
        /** Media flows, and the data channels are open. */
        void connected();

        /** A text message of a data channel. */
        void text(int channel, String text);

        /** It is over; told once. */
        void closed(String why);
    }

    private final DemoMedia.Person person;
    private final Listener listener;
    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity;
    private final IcePath path;
    private final DtlsDatagrams datagrams;
    private final Offer offer;
    private final ConcurrentLinkedQueue<Consumer<DataChannels>> commands = new ConcurrentLinkedQueue<>();
    private volatile MediaLoop media;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean talking;
    private volatile boolean stopped;
    private boolean told;

    /**
     * Binds sockets and prepares an offer.
     *
     * @param person what is sent
     * @param addresses local addresses to use; loopback is allowed
     * @param passive whether to insist on the DTLS server's role
     */
    public PeerTransport(
            DemoMedia.Person person,
            List<InetAddress> addresses,
            int audioSlots,
            int videoSlots,
            boolean passive,
            Listener listener)
            throws IOException {
        this.person = person;
        this.listener = listener;
        this.identity = DtlsIdentity.generate(random);
        this.path = new IcePath(addresses);
        this.datagrams = new DtlsDatagrams(path);
        Setup setup = passive ? Setup.PASSIVE : Setup.ACTPASS;
        this.offer = new Offer(audioSlots, videoSlots, path.local(), path.candidates(), identity.fingerprint(), setup);
    }

    /** The SDP offer. */
    public String offer() {
        return offer.write(random.nextLong() & Long.MAX_VALUE);
    }

    /** What the offer's senders carry. */
    public List<TrackLabel> tracks() {
        return offer.tracks();
    }

    /** Takes the answer and begins to connect. */
    public void accept(String sdp) throws IOException {
        Answer answer = Answer.read(sdp, offer);
        Thread.ofVirtual().name("peer-read").start(this::read);
        Thread.ofVirtual().name("peer-session").start(() -> session(answer));
    }

    private void read() {
        byte[] bytes = new byte[LARGEST_DATAGRAM];
        while (!stopped) {
            try {
                int length = path.receive(bytes, SILENCE);
                if (length > 0) {
                    dispatch(bytes.clone(), length);
                }
            } catch (SocketTimeoutException e) {
                if (media != null) {
                    stop("nothing was heard for " + SILENCE.toSeconds() + " s");
                }
            } catch (IOException e) {
                if (!stopped) {
                    stop("the socket failed: " + e.getMessage());
                }
                return;
            }
        }
    }

    /** RFC 7983: the first byte tells DTLS from SRTP. */
    private void dispatch(byte[] bytes, int length) {
        int first = bytes[0] & 0xFF;
        if (first >= 20 && first <= 63) {
            datagrams.offer(java.util.Arrays.copyOf(bytes, length));
        } else if (first >= 128 && first <= 191 && length >= 12) {
            MediaLoop loop = media;
            if (loop != null) {
                loop.offer(bytes, length);
            }
        }
    }

    private void session(Answer answer) {
        String why = LEFT;
        try {
            path.connect(answer.ice(), answer.candidates(), ICE_TIMEOUT);
            DtlsEnd.Connected dtls =
                    new DtlsEnd(identity, answer.fingerprints()).handshake(answer.weAreClient(), datagrams);
            MediaLoop loop = new MediaLoop(path, new Srtp(dtls.srtp()), person, answer.slots(), random);
            media = loop;
            Thread.ofVirtual().name("peer-media").start(loop);
            why = new Channels(dtls.transport(), answer).run();
        } catch (IOException e) {
            why = e.getMessage() == null ? e.toString() : e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted";
        } finally {
            finished.countDown();
            stop(why);
        }
    }

    /** Sends text on a channel as soon as it is open; safe from any thread. */
    public void send(int channel, String text) {
        command(channels -> channels.sendText(channel, text, System.nanoTime()));
    }

    private void command(Consumer<DataChannels> command) {
        commands.add(command);
        datagrams.wake();
    }

    /** Has the media loop do something. */
    void media(Consumer<MediaLoop> action) {
        MediaLoop loop = media;
        if (loop != null) {
            loop.execute(() -> action.accept(loop));
        }
    }

    /** What the node watches of us: the other layers are not sent. */
    public void watched(List<dev.parley.contracts.media.ChannelMessage.TrackLayers> tracks) {
        media(loop -> loop.watched(tracks));
    }

    /** Stops or resumes sending a source. */
    public void muted(dev.parley.contracts.media.Source source, boolean silent) {
        media(loop -> loop.muted(source, silent));
    }

    /** The figures of this moment, or none when media does not flow. */
    public PeerStats stats() {
        CompletableFuture<PeerStats> answer = new CompletableFuture<>();
        if (media == null || stopped) {
            return PeerStats.NONE;
        }
        media(loop -> answer.complete(loop.stats()));
        try {
            return answer.get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PeerStats.NONE;
        } catch (ExecutionException | TimeoutException e) {
            return PeerStats.NONE;
        }
    }

    /** Tells the node, then lets go; takes a second at most. */
    @Override
    public void close() {
        if (talking) {
            command(channels -> channels.abort(LEFT));
            try {
                finished.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        stop(LEFT);
    }

    private void stop(String why) {
        synchronized (this) {
            if (told) {
                return;
            }
            told = true;
        }
        stopped = true;
        datagrams.wake();
        MediaLoop loop = media;
        if (loop != null) {
            loop.stop();
        }
        Thread.ofVirtual().name("peer-close").start(path::close);
        listener.closed(why);
    }

    /** The data channels over the DTLS connection; all on the session's thread. */
    private final class Channels implements DataChannelListener {
        private final DTLSTransport dtls;
        private final DataChannels channels;
        private String ended = "";

        Channels(DTLSTransport dtls, Answer answer) {
            this.dtls = dtls;
            SctpConfig config = SctpConfig.defaults().withMaxMessageBytes(256 << 10, answer.maxMessageBytes());
            channels = new DataChannels(config, answer.weAreClient(), random, this);
            channels.negotiate(PARLEY, Reliability.RELIABLE);
            channels.negotiate(PARLEY_LOSSY, Reliability.LOSSY);
        }

        /** Until the end, whose reason it answers. */
        String run() throws IOException {
            byte[] record = new byte[LARGEST_DATAGRAM];
            talking = true;
            channels.connect(System.nanoTime());
            while (!stopped && ended.isEmpty()) {
                Consumer<DataChannels> command;
                while ((command = commands.poll()) != null) {
                    carryOut(command);
                }
                long waitNanos = channels.nextDeadlineNanos() - System.nanoTime();
                int waitMillis = Math.clamp(waitNanos / 1_000_000 + 1, 1, LONGEST_WAIT_MILLIS);
                int length = dtls.receive(record, 0, record.length, waitMillis);
                if (length > 0) {
                    channels.receive(record, 0, length, System.nanoTime());
                }
                channels.onTimer(System.nanoTime());
            }
            dtls.close();
            return ended.isEmpty() ? LEFT : ended;
        }

        private void carryOut(Consumer<DataChannels> command) {
            try {
                command.accept(channels);
            } catch (SctpException e) {
                ended = "a message cannot be sent: " + e.getMessage();
            }
        }

        @Override
        public void packet(byte[] bytes, int offset, int length) {
            try {
                dtls.send(bytes, offset, length);
            } catch (IOException e) {
                ended = "DTLS failed: " + e.getMessage();
            }
        }

        @Override
        public void established() {
            listener.connected();
        }

        @Override
        public void opened(int channelId, String label, String protocol, Reliability reliability) {
            // The node opens none; one that does is answered by the association and not listened to.
        }

        @Override
        public void text(int channelId, String text) {
            listener.text(channelId, text);
        }

        @Override
        public void binary(int channelId, byte[] payload) {
            // The contract is text.
        }

        @Override
        public void channelClosed(int channelId) {
            ended = "the node closed channel " + channelId;
        }

        @Override
        public void closed(CloseReason reason) {
            ended = reason.kind() == CloseReason.Kind.LOCAL_ABORT
                    ? reason.detail()
                    : "the data channels ended: " + reason.detail();
        }
    }
}
