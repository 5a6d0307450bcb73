package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaPortTest {
    private final RecordingListener listener = new RecordingListener();

    @Test
    void aPeerConnectsAndMediaFlowsBothWays() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = connect(running, peer, DtlsRole.SERVER);

            peer.sendRtp(0x1111, 500, 300);
            peer.sendRtcp(0x1111);
            await().until(() -> listener.rtp.size() == 1 && listener.rtcp.size() == 1);
            assertThat(listener.rtp.getFirst()).hasSize(312);

            boolean sent = running.onAgent(() -> {
                ByteBuffer packet = ByteBuffer.allocateDirect(400);
                packet.put(0, (byte) 0x80)
                        .put(1, (byte) 97)
                        .putShort(2, (short) 9)
                        .putInt(8, 0x2222);
                packet.put(100, (byte) 77);
                return session.sendRtp(packet, 0, 200);
            });
            assertThat(sent).isTrue();
            await().until(() -> {
                peer.pump();
                return !peer.media.isEmpty();
            });
            assertThat(peer.media.getFirst()).hasSize(200);
            assertThat(peer.media.getFirst()[100]).isEqualTo((byte) 77);
            assertThat(session.stats().profile()).contains(SrtpProfile.AEAD_AES_128_GCM);
            assertThat(session.stats().remote()).contains(peer.address());
            assertThat(session.stats().packetsIn()).isEqualTo(2);
        }
    }

    @Test
    void weAreTheDtlsClientOfAPassivePeer() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            connect(running, peer, DtlsRole.CLIENT);

            peer.sendRtp(0x1111, 1, 10);
            await().until(() -> listener.rtp.size() == 1);
        }
    }

    @Test
    void messagesTravelBothWays() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = connect(running, peer, DtlsRole.SERVER);
            session.sendMessage(DataChannelIds.PARLEY, "early");
            peer.openChannels(true);
            peer.channels.sendText(DataChannelIds.PARLEY, "hello", System.nanoTime());
            peer.channels.sendBinary(DataChannelIds.PARLEY_LOSSY, new byte[3], System.nanoTime());
            session.sendMessage(DataChannelIds.PARLEY_LOSSY, "lossy");

            await().until(() -> {
                peer.turnChannels();
                return peer.texts.size() == 2 && listener.events.contains("binary 1 3");
            });

            assertThat(peer.texts).containsExactlyInAnyOrder("0:early", "1:lossy");
            assertThat(listener.events).contains("open 0 parley", "open 1 parley-lossy", "text 0 hello", "binary 1 3");
        }
    }

    @Test
    void aChannelOpenedInBandIsAnswered() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            connect(running, peer, DtlsRole.SERVER);
            peer.openChannels(true);
            int id = peer.channels.open("extra", "", dev.parley.sctp.Reliability.RELIABLE, System.nanoTime());
            peer.channels.sendText(id, "in band", System.nanoTime());

            await().until(() -> {
                peer.turnChannels();
                return listener.events.contains("text " + id + " in band");
            });
            assertThat(listener.events).contains("open " + id + " extra");
        }
    }

    @Test
    void aSessionWhoseThreadBreaksDownEndsAndGivesItsPlaceBack() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            RecordingListener broken = new RecordingListener() {
                @Override
                public void text(int channelId, String message) {
                    throw new StackOverflowError("too deep");
                }
            };
            TransportSession session = running.open(peer, DtlsRole.SERVER, broken);
            assertThat(peer.check(session.localCredentials(), true)).isTrue();
            peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());
            await().until(() -> broken.events.contains("connected"));
            peer.openChannels(true);
            peer.channels.sendText(DataChannelIds.PARLEY, "hello", System.nanoTime());

            await().until(() -> {
                peer.turnChannels();
                return broken.events.contains("closed FAILED");
            });
            await().until(() -> running.port.counters().sessions() == 0);
        }
    }

    @Test
    void closingTellsThePeerAndTheListenerOnce() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = connect(running, peer, DtlsRole.SERVER);

            session.close(CloseReason.LOCAL, "kicked");
            session.close(CloseReason.LOCAL, "again");

            peer.openChannels(true);
            await().until(() -> {
                peer.turnChannels();
                return peer.dtls.closedByPeer();
            });
            await().until(() -> running.port.counters().sessions() == 0);
            assertThat(listener.events)
                    .filteredOn(event -> event.startsWith("closed"))
                    .containsExactly("closed LOCAL");
            assertThat(session.sendMessage(DataChannelIds.PARLEY, "late")).isFalse();
        }
    }

    /** The session's thread may be over before the agent looks: its close_notify went missing once. */
    @Test
    void thePeerIsToldThoughTheThreadIsFasterThanTheAgent() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession[] session = new TransportSession[1];
            RecordingListener slow = new RecordingListener() {
                @Override
                public void closed(CloseReason reason, String detail) {
                    await().until(session[0]::hasThreadEnded);
                    super.closed(reason, detail);
                }
            };
            session[0] = running.open(peer, DtlsRole.SERVER, slow);
            assertThat(peer.check(session[0].localCredentials(), true)).isTrue();
            peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());
            await().until(() -> slow.events.contains("connected"));

            session[0].close(CloseReason.LOCAL, "");

            peer.openChannels(true);
            await().until(() -> {
                peer.turnChannels();
                return peer.dtls.closedByPeer();
            });
        }
    }

    @Test
    void aPeerThatClosesIsGone() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            connect(running, peer, DtlsRole.SERVER);

            peer.dtls.close();

            await().until(() -> listener.events.contains("closed REMOTE"));
            await().until(() -> running.port.counters().sessions() == 0);
        }
    }

    @Test
    void aForeignCertificateIsRefused() throws Exception {
        try (RunningPort running = new RunningPort();
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = running.port.open(
                    new SessionRequest(peer.ice, RunningPort.IDENTITY.fingerprint(), DtlsRole.SERVER), listener);
            assertThat(peer.check(session.localCredentials(), true)).isTrue();

            assertThat(catchDtls(() -> peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint())))
                    .isNotNull();

            await().until(() -> listener.events.contains("closed FINGERPRINT_MISMATCH"));
            assertThat(listener.events).doesNotContain("connected");
        }
    }

    @Test
    void closingThePortClosesItsSessions() throws Exception {
        RunningPort running = new RunningPort();
        try (LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            connect(running, peer, DtlsRole.SERVER);
            running.close();
            assertThat(listener.events).contains("closed PORT_CLOSED");
        }
    }

    private TransportSession connect(RunningPort running, LoopbackPeer peer, DtlsRole role) throws Exception {
        TransportSession session = running.open(peer, role, listener);
        assertThat(peer.check(session.localCredentials(), true)).isTrue();
        peer.handshake(role == DtlsRole.SERVER ? DtlsRole.CLIENT : DtlsRole.SERVER, RunningPort.IDENTITY.fingerprint());
        await().until(() -> session.state() == SessionState.CONNECTED);
        return session;
    }

    private interface Handshake {
        void run() throws Exception;
    }

    private static Exception catchDtls(Handshake handshake) {
        try {
            handshake.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }
}
