package dev.parley.bench;

import dev.parley.bench.wire.DtlsInbox;
import dev.parley.bench.wire.LightTransport;
import dev.parley.contracts.Wire;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.sctp.CloseReason;
import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import dev.parley.transport.DataChannelIds;
import dev.parley.transport.dtls.DtlsConnection;
import dev.parley.transport.dtls.DtlsException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Someone on a media node: the data channel is real. One virtual thread owns the DTLS connection. */
final class ParleyParticipant implements Participant {
    private static final int OPEN_MILLIS = 15_000;
    private static final long IDLE_NANOS = 500_000_000L;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Seat seat;
    private final LightTransport transport;
    private final DtlsConnection connection;
    private final DtlsInbox inbox;
    private final CountDownLatch seated = new CountDownLatch(1);
    private final Queue<ChannelMessage.Want> wants = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private ParleyParticipant(Seat seat, LightTransport transport, DtlsConnection connection) {
        this.seat = seat;
        this.transport = transport;
        this.connection = connection;
        inbox = transport.inbox();
    }

    /** Opens the data channel, says what is wanted, and returns. */
    static ParleyParticipant begin(Seat seat, LightTransport transport, DtlsConnection connection)
            throws IOException, InterruptedException {
        ParleyParticipant participant = new ParleyParticipant(seat, transport, connection);
        Thread.ofVirtual().start(participant::converse);
        if (!participant.seated.await(OPEN_MILLIS, TimeUnit.MILLISECONDS)) {
            participant.close();
            throw new IOException("the data channel did not open");
        }
        return participant;
    }

    @Override
    public Seat seat() {
        return seat;
    }

    @Override
    public LightTransport sending() {
        return transport;
    }

    @Override
    public LightTransport receiving() {
        return transport;
    }

    @Override
    public void want(ChannelMessage.Want want) {
        wants.add(want);
        inbox.nudge();
    }

    private void converse() {
        DataChannels channels = new DataChannels(SctpConfig.defaults(), true, RANDOM, new Channel());
        channels.negotiate(DataChannelIds.PARLEY, Reliability.RELIABLE);
        channels.negotiate(DataChannelIds.PARLEY_LOSSY, Reliability.LOSSY);
        channels.connect(System.nanoTime());
        channels.sendText(DataChannelIds.PARLEY, Wire.write(seat.want()), System.nanoTime());
        byte[] record = new byte[2048];
        try {
            while (!closed) {
                long wait = channels.nextDeadlineNanos() == Long.MAX_VALUE
                        ? IDLE_NANOS
                        : channels.nextDeadlineNanos() - System.nanoTime();
                if (inbox.await(Math.min(wait, IDLE_NANOS))) {
                    int length = connection.receive(record);
                    while (length >= 0) {
                        channels.receive(record, 0, length, System.nanoTime());
                        length = connection.receivePending(record);
                    }
                }
                for (ChannelMessage.Want next = wants.poll(); next != null; next = wants.poll()) {
                    channels.sendText(DataChannelIds.PARLEY, Wire.write(next), System.nanoTime());
                }
                channels.onTimer(System.nanoTime());
            }
            connection.close();
        } catch (IOException e) {
            if (!closed) {
                System.err.println("a participant lost its connection: " + e.getMessage());
            }
        } finally {
            transport.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        inbox.nudge();
    }

    private final class Channel implements DataChannelListener {
        @Override
        public void packet(byte[] bytes, int offset, int length) {
            try {
                connection.send(bytes, offset, length);
            } catch (DtlsException e) {
                if (!closed) {
                    System.err.println("a participant could not send: " + e.getMessage());
                }
            }
        }

        @Override
        public void established() {
            seated.countDown();
        }

        @Override
        public void opened(int channelId, String label, String protocol, Reliability reliability) {}

        @Override
        public void text(int channelId, String text) {}

        @Override
        public void binary(int channelId, byte[] payload) {}

        @Override
        public void channelClosed(int channelId) {}

        @Override
        public void closed(CloseReason reason) {
            if (!closed) {
                System.err.println("a data channel was closed: " + reason);
            }
        }
    }
}
