package dev.parley.sctp;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * WebRTC data channels over one {@link SctpAssociation} (RFC 8831, RFC 8832): negotiated ones and ones opened in band,
 * text and binary messages. The rules of the association hold: no I/O, no thread, no clock, one caller at a time, and
 * nothing a peer sends makes a method throw. What the peer sends on a channel that does not exist is dropped.
 *
 * <pre>{@code
 * DataChannels channels = new DataChannels(SctpConfig.defaults(), true, new SecureRandom(), listener);
 * channels.negotiate(0, Reliability.RELIABLE);
 * channels.connect(System.nanoTime());
 * channels.sendText(0, "{\"t\":\"ping\"}", System.nanoTime());
 * }</pre>
 */
public final class DataChannels {
    private static final int PPID_DCEP = 50;
    private static final int PPID_TEXT = 51;
    private static final int PPID_BINARY = 53;
    private static final int PPID_TEXT_EMPTY = 56;
    private static final int PPID_BINARY_EMPTY = 57;
    private static final byte[] EMPTY = {0};
    private static final int MOST_CHANNELS = 1024;

    private final SctpConfig config;
    private final boolean dtlsClient;
    private final DataChannelListener listener;
    private final SctpAssociation association;
    private final Map<Integer, Channel> channels = new HashMap<>();
    private long nowNanos;

    private static final class Channel {
        final Reliability reliability;
        boolean awaitsAck;
        boolean closing;
        boolean outgoingReset;
        boolean incomingReset;

        Channel(Reliability reliability) {
            this.reliability = reliability;
        }
    }

    /**
     * Data channels that wait for the peer until {@link #connect} is called.
     *
     * @param dtlsClient our DTLS role: the client opens channels with even numbers, the server with odd ones
     * @param random for tags and keys: a {@code SecureRandom} outside of tests
     */
    public DataChannels(SctpConfig config, boolean dtlsClient, RandomGenerator random, DataChannelListener listener) {
        this.config = config;
        this.dtlsClient = dtlsClient;
        this.listener = listener;
        this.association = new SctpAssociation(config, random, new FromAssociation());
    }

    /** Starts the handshake; both ends may. */
    public void connect(long nowNanos) {
        this.nowNanos = nowNanos;
        association.connect(nowNanos);
    }

    /** Whether messages flow. */
    public boolean isEstablished() {
        return association.isEstablished();
    }

    /** Bytes accepted for sending that have not been sent for the first time. */
    public long queuedBytes() {
        return association.queuedBytes();
    }

    /**
     * A channel both ends agreed on outside of the association.
     *
     * @throws SctpException when the number is taken or out of range
     */
    public void negotiate(int channelId, Reliability reliability) {
        if (channelId < 0 || channelId >= config.streams()) {
            throw new SctpException(SctpException.Code.NO_SUCH_STREAM, "channel " + channelId + " is out of range");
        }
        if (channels.putIfAbsent(channelId, new Channel(reliability)) != null) {
            throw new SctpException(SctpException.Code.STREAM_IN_USE, "channel " + channelId + " is in use");
        }
    }

    /**
     * Opens a channel in band; messages may be sent on it at once.
     *
     * @return its number
     * @throws SctpException when no number is free or the association has ended
     */
    public int open(String label, String protocol, Reliability reliability, long nowNanos) {
        this.nowNanos = nowNanos;
        int id = dtlsClient ? 0 : 1;
        while (channels.containsKey(id)) {
            id += 2;
        }
        negotiate(id, reliability);
        Channel channel = channels.get(id);
        channel.awaitsAck = true;
        association.send(id, PPID_DCEP, DcepMessage.open(reliability, label, protocol), Reliability.RELIABLE, nowNanos);
        return id;
    }

    /**
     * Sends text.
     *
     * @return false when the send queue is full: try again later
     * @throws SctpException when the channel is not open, the message is too large or the association has ended
     */
    public boolean sendText(int channelId, String text, long nowNanos) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length == 0
                ? send(channelId, PPID_TEXT_EMPTY, EMPTY, nowNanos)
                : send(channelId, PPID_TEXT, utf8, nowNanos);
    }

    /**
     * Sends bytes; the array is kept until they are acknowledged.
     *
     * @return false when the send queue is full: try again later
     * @throws SctpException when the channel is not open, the message is too large or the association has ended
     */
    public boolean sendBinary(int channelId, byte[] payload, long nowNanos) {
        return payload.length == 0
                ? send(channelId, PPID_BINARY_EMPTY, EMPTY, nowNanos)
                : send(channelId, PPID_BINARY, payload, nowNanos);
    }

    private boolean send(int channelId, int payloadProtocol, byte[] payload, long nowNanos) {
        this.nowNanos = nowNanos;
        Channel channel = channels.get(channelId);
        if (channel == null || channel.closing) {
            throw new SctpException(SctpException.Code.NO_SUCH_STREAM, "channel " + channelId + " is not open");
        }
        // RFC 8832 section 6: until the peer has answered, everything is in order behind the Open.
        Reliability reliability = channel.reliability.withOrder(channel.reliability.ordered() || channel.awaitsAck);
        return association.send(channelId, payloadProtocol, payload, reliability, nowNanos);
    }

    /** Closes a channel after what is queued on it; {@link DataChannelListener#channelClosed} follows. */
    public void close(int channelId, long nowNanos) {
        this.nowNanos = nowNanos;
        Channel channel = channels.get(channelId);
        if (channel != null && !channel.closing) {
            channel.closing = true;
            association.resetStream(channelId, nowNanos);
        }
    }

    /** Ends the association after everything queued has arrived. */
    public void shutdown(long nowNanos) {
        this.nowNanos = nowNanos;
        association.shutdown(nowNanos);
    }

    /** Ends the association at once and tells the peer. */
    public void abort(String why) {
        association.abort(why);
    }

    /** When {@link #onTimer} is to be called next; {@code Long.MAX_VALUE} when nothing is waiting. */
    public long nextDeadlineNanos() {
        return association.nextDeadlineNanos();
    }

    /** Does what is due at {@code nowNanos}; harmless when nothing is. */
    public void onTimer(long nowNanos) {
        this.nowNanos = nowNanos;
        association.onTimer(nowNanos);
    }

    /** Takes a received SCTP packet: the content of one DTLS record. */
    public void receive(byte[] packet, int offset, int length, long nowNanos) {
        this.nowNanos = nowNanos;
        association.receive(packet, offset, length, nowNanos);
    }

    private void onDcep(int streamId, byte[] payload) {
        DcepMessage message = DcepMessage.read(payload).orElse(null);
        Channel channel = channels.get(streamId);
        if (message instanceof DcepMessage.Ack && channel != null) {
            channel.awaitsAck = false;
        } else if (message instanceof DcepMessage.Open open && channel == null) {
            accept(streamId, open);
        }
    }

    private void accept(int streamId, DcepMessage.Open open) {
        if (channels.size() >= MOST_CHANNELS) {
            association.resetStream(streamId, nowNanos);
            return;
        }
        channels.put(streamId, new Channel(open.reliability()));
        association.send(streamId, PPID_DCEP, DcepMessage.ack(), Reliability.RELIABLE, nowNanos);
        listener.opened(streamId, open.label(), open.protocol(), open.reliability());
    }

    private void forgetIfClosed(int streamId, Channel channel) {
        boolean complete = channel.outgoingReset && (channel.incomingReset || !association.canResetStreams());
        if (complete && channels.remove(streamId, channel)) {
            listener.channelClosed(streamId);
        }
    }

    private final class FromAssociation implements AssociationListener {
        @Override
        public void packet(byte[] bytes, int offset, int length) {
            listener.packet(bytes, offset, length);
        }

        @Override
        public void established() {
            listener.established();
        }

        @Override
        public void message(int streamId, int payloadProtocol, byte[] payload) {
            if (payloadProtocol == PPID_DCEP) {
                onDcep(streamId, payload);
                return;
            }
            Channel channel = channels.get(streamId);
            if (channel == null) {
                return;
            }
            // RFC 8832 section 6: a message of the peer answers the Open as well as its Ack.
            channel.awaitsAck = false;
            switch (payloadProtocol) {
                case PPID_TEXT -> listener.text(streamId, new String(payload, StandardCharsets.UTF_8));
                case PPID_TEXT_EMPTY -> listener.text(streamId, "");
                case PPID_BINARY -> listener.binary(streamId, payload);
                case PPID_BINARY_EMPTY -> listener.binary(streamId, new byte[0]);
                default -> {
                    // RFC 8831 section 6.6 defines no other.
                }
            }
        }

        @Override
        public void incomingStreamReset(int streamId) {
            Channel channel = channels.get(streamId);
            if (channel == null) {
                return;
            }
            channel.incomingReset = true;
            if (channel.closing) {
                forgetIfClosed(streamId, channel);
            } else {
                close(streamId, nowNanos);
            }
        }

        @Override
        public void outgoingStreamReset(int streamId) {
            Channel channel = channels.get(streamId);
            if (channel != null) {
                channel.outgoingReset = true;
                forgetIfClosed(streamId, channel);
            }
        }

        @Override
        public void closed(CloseReason reason) {
            channels.clear();
            listener.closed(reason);
        }
    }
}
