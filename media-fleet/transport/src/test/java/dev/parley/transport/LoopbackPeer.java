package dev.parley.transport;

import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import dev.parley.transport.dtls.DtlsConnection;
import dev.parley.transport.dtls.DtlsDatagrams;
import dev.parley.transport.dtls.DtlsException;
import dev.parley.transport.dtls.DtlsHandshake;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.Fingerprint;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpTransformer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The other end in tests, step by step on the test's own thread: a full ICE agent's checks, a DTLS role, SRTP, SCTP. */
final class LoopbackPeer implements AutoCloseable {
    private static final int STEP_MILLIS = 5;

    final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);
    final IceCredentials ice = IceCredentials.generate(new SecureRandom());
    final List<byte[]> media = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    private final InetSocketAddress port;
    private final StunIntegrity integrity = new StunIntegrity();
    private final List<byte[]> dtlsArrived = new ArrayList<>();
    private final byte[] packet = new byte[2048];
    private DatagramSocket socket;
    private long nextTransaction = 1;
    private StunMessage lastResponse;
    DtlsConnection dtls;
    SrtpTransformer sending;
    SrtpTransformer receiving;
    DataChannels channels;

    LoopbackPeer(InetSocketAddress port) throws IOException {
        this.port = port;
        move();
    }

    /** Goes on from another local port, as a phone that changes networks. */
    void move() throws IOException {
        if (socket != null) {
            socket.close();
        }
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(STEP_MILLIS);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(byte[] datagram, int length) throws IOException {
        socket.send(new DatagramPacket(datagram, length, port));
    }

    /** Sends one check and answers whether a success response came. */
    boolean check(IceCredentials remote, boolean nominate) throws IOException {
        sendCheck(remote.ufrag(), remote.password(), nominate, true);
        return awaitResponse(new StunKey(remote.password()));
    }

    void sendCheck(String remoteUfrag, String password, boolean nominate, boolean controlling) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(256);
        StunWriter writer = new StunWriter()
                .begin(request, 0, StunMessage.BINDING_REQUEST, 7, nextTransaction++)
                .username((remoteUfrag + ":" + ice.ufrag()).getBytes(StandardCharsets.US_ASCII))
                .priority(1_845_501_695L);
        if (controlling) {
            writer.controlling(99);
        } else {
            writer.controlled(99);
        }
        if (nominate) {
            writer.useCandidate();
        }
        writer.integrity(integrity, new StunKey(password)).fingerprint(integrity);
        send(request.array(), writer.length());
    }

    private boolean awaitResponse(StunKey key) throws IOException {
        for (int tries = 0; tries < 200; tries++) {
            lastResponse = null;
            pump();
            if (lastResponse != null && lastResponse.transactionIdLow() == nextTransaction - 1) {
                return lastResponse.type() == StunMessage.BINDING_SUCCESS && integrity.verify(lastResponse, key);
            }
        }
        return false;
    }

    /** The response read last. */
    StunMessage response() {
        return lastResponse;
    }

    /** Reads what arrives within a step. */
    void pump() throws IOException {
        DatagramPacket received = new DatagramPacket(packet, packet.length);
        try {
            socket.receive(received);
        } catch (SocketTimeoutException e) {
            return;
        }
        byte[] bytes = new byte[received.getLength() + 64];
        System.arraycopy(packet, 0, bytes, 0, received.getLength());
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        switch (DatagramKind.of(buffer, 0, received.getLength())) {
            case STUN -> lastResponse = new StunMessage().wrap(buffer, 0, received.getLength());
            case DTLS -> dtlsArrived.add(java.util.Arrays.copyOf(bytes, received.getLength()));
            case RTP -> readMedia(buffer, receiving.unprotectRtp(buffer, 0, received.getLength()));
            case RTCP -> readMedia(buffer, receiving.unprotectRtcp(buffer, 0, received.getLength()));
            case UNKNOWN -> throw new IOException("the port sent something unknown");
        }
    }

    private void readMedia(ByteBuffer buffer, int length) throws IOException {
        if (length < 0) {
            throw new IOException("the port sent SRTP that does not open: " + length);
        }
        media.add(java.util.Arrays.copyOf(buffer.array(), length));
    }

    void handshake(DtlsRole role, Fingerprint expected) throws DtlsException {
        dtls = DtlsHandshake.run(identity, role, expected, new Datagrams(), 5_000);
        sending = dtls.keys().sending(SrtpCrypto.best());
        receiving = dtls.keys().receiving(SrtpCrypto.best());
    }

    void openChannels(boolean dtlsClient) {
        channels = new DataChannels(SctpConfig.defaults(), dtlsClient, new SecureRandom(), new Channels());
        channels.negotiate(DataChannelIds.PARLEY, Reliability.RELIABLE);
        channels.negotiate(DataChannelIds.PARLEY_LOSSY, Reliability.LOSSY);
        channels.connect(System.nanoTime());
    }

    /** One round of the association: what has arrived, and the timers. */
    void turnChannels() throws IOException {
        pump();
        byte[] record = new byte[2048];
        while (!dtlsArrived.isEmpty()) {
            int length = dtls.receive(record);
            while (length >= 0) {
                channels.receive(record, 0, length, System.nanoTime());
                length = dtls.receivePending(record);
            }
        }
        channels.onTimer(System.nanoTime());
    }

    void sendRtp(int ssrc, int sequence, int payloadBytes) throws IOException {
        byte[] rtp = new byte[12 + payloadBytes + 64];
        ByteBuffer buffer = ByteBuffer.wrap(rtp);
        buffer.put(0, (byte) 0x80)
                .put(1, (byte) 96)
                .putShort(2, (short) sequence)
                .putInt(8, ssrc);
        send(rtp, sending.protectRtp(buffer, 0, 12 + payloadBytes));
    }

    void sendRtcp(int ssrc) throws IOException {
        byte[] rtcp = new byte[8 + 64];
        ByteBuffer.wrap(rtcp)
                .put(0, (byte) 0x80)
                .put(1, (byte) 201)
                .putShort(2, (short) 1)
                .putInt(4, ssrc);
        send(rtcp, sending.protectRtcp(ByteBuffer.wrap(rtcp), 0, 8));
    }

    @Override
    public void close() {
        socket.close();
    }

    private final class Datagrams implements DtlsDatagrams {
        @Override
        public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
            for (int waited = 0; dtlsArrived.isEmpty() && waited < timeoutMillis; waited += STEP_MILLIS) {
                pump();
            }
            if (dtlsArrived.isEmpty()) {
                return -1;
            }
            byte[] datagram = dtlsArrived.removeFirst();
            System.arraycopy(datagram, 0, target, offset, datagram.length);
            return datagram.length;
        }

        @Override
        public void send(byte[] source, int offset, int length) throws IOException {
            socket.send(new DatagramPacket(source, offset, length, port));
        }
    }

    private final class Channels implements DataChannelListener {
        @Override
        public void packet(byte[] bytes, int offset, int length) {
            try {
                dtls.send(bytes, offset, length);
            } catch (DtlsException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void established() {}

        @Override
        public void opened(int channelId, String label, String protocol, Reliability reliability) {}

        @Override
        public void text(int channelId, String text) {
            texts.add(channelId + ":" + text);
        }

        @Override
        public void binary(int channelId, byte[] payload) {}

        @Override
        public void channelClosed(int channelId) {}

        @Override
        public void closed(dev.parley.sctp.CloseReason reason) {}
    }
}
