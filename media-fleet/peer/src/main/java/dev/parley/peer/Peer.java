package dev.parley.peer;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.peer.media.DemoMedia;
import dev.parley.peer.rtc.PeerTransport;
import java.io.IOException;
import java.util.List;

/**
 * A participant without a screen: publishes a prepared voice and picture, receives on slots, and speaks the data channel's
 * words. Made for demonstrations, tests and load; each peer costs three virtual threads and one socket.
 *
 * <pre>{@code
 * DemoMedia.Person ana = DemoMedia.of(folder, List.of("Ana"), System.err::println).getFirst();
 * Peer peer = Peer.join(PeerOptions.defaults(), ana, exchange, listener);
 * peer.want(1, List.of(new WantedSlot(0, "p_bo", Source.CAMERA, 640, 360, 0, true)));
 * peer.stats();
 * }</pre>
 */
public final class Peer implements AutoCloseable {
    /** Carries the offer to a node and its answer back: REST in the product, anything in a test. */
    @FunctionalInterface
    public interface Exchange {
        /**
         * Exchanges descriptions.
         *
         * @param offer SDP
         * @param tracks what its senders carry
         * @return the SDP answer
         */
        String answer(String offer, List<TrackLabel> tracks) throws IOException, InterruptedException;
    }

    /** What a peer tells its owner, on the peer's own threads. */
    public interface Listener {
        /** Media flows and messages may be sent. */
        default void connected(Peer peer) {}

        /** A message of the node. What {@link Peer} itself obeys (layers, muted, ping) is told too. */
        default void message(Peer peer, ChannelMessage message) {}

        /** It is over; told once. */
        default void closed(Peer peer, String why) {}
    }

    private final Listener listener;
    private final PeerTransport transport;

    private Peer(PeerOptions options, DemoMedia.Person person, Listener listener) throws IOException {
        this.listener = listener;
        this.transport = new PeerTransport(
                person,
                options.addresses(),
                options.audioSlots(),
                options.videoSlots(),
                options.passive(),
                new FromTransport());
    }

    /**
     * Makes an offer, has it answered and begins to connect; {@link Listener#connected} follows.
     *
     * @throws IOException when no socket can be bound or the exchange fails
     */
    public static Peer join(PeerOptions options, DemoMedia.Person person, Exchange exchange, Listener listener)
            throws IOException, InterruptedException {
        Peer peer = new Peer(options, person, listener);
        boolean accepted = false;
        try {
            peer.transport.accept(exchange.answer(peer.transport.offer(), peer.transport.tracks()));
            accepted = true;
            return peer;
        } finally {
            if (!accepted) {
                peer.transport.close();
            }
        }
    }

    /** Asks for what to see; replaces the previous wish. */
    public void want(long revision, List<ChannelMessage.WantedSlot> slots) {
        send(new ChannelMessage.Want(revision, slots));
    }

    /** Mutes or unmutes an own source, and says so. */
    public void mute(Source source, boolean muted) {
        transport.muted(source, muted);
        send(new ChannelMessage.Mute(source, muted));
    }

    /** Sends a message on the reliable channel. */
    public void send(ChannelMessage message) {
        transport.send(PeerTransport.PARLEY, Wire.write(message));
    }

    /** The figures of this moment. */
    public PeerStats stats() {
        return transport.stats();
    }

    /** Leaves; {@link Listener#closed} is told. */
    @Override
    public void close() {
        transport.close();
    }

    private final class FromTransport implements PeerTransport.Listener {
        @Override
        public void connected() {
            listener.connected(Peer.this);
        }

        @Override
        public void text(int channel, String text) {
            ChannelMessage message;
            try {
                message = Wire.read(text, ChannelMessage.class);
            } catch (WireException e) {
                return;
            }
            switch (message) {
                case ChannelMessage.Layers layers -> transport.watched(layers.tracks());
                case ChannelMessage.Muted muted -> transport.muted(muted.source(), muted.muted());
                case ChannelMessage.Ping ping -> send(new ChannelMessage.Pong(ping.at()));
                default -> {
                    // Nothing a peer obeys by itself.
                }
            }
            listener.message(Peer.this, message);
        }

        @Override
        public void closed(String why) {
            listener.closed(Peer.this, why);
        }
    }
}
