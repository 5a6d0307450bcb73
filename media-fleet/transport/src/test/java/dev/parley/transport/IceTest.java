package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.rtp.stun.StunMessage;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ICE over a real port: what a check may change, and what it may not. */
@Timeout(60)
class IceTest {
    private static final String WRONG_PASSWORD = "0123456789012345678901";

    private final RecordingListener listener = new RecordingListener();
    private RunningPort running;
    private LoopbackPeer peer;
    private TransportSession session;

    @BeforeEach
    void open() throws Exception {
        running = new RunningPort();
        peer = new LoopbackPeer(running.port.localAddress());
        session = running.open(peer, DtlsRole.SERVER, listener);
    }

    @AfterEach
    void close() {
        peer.close();
        running.close();
    }

    @Test
    void aValidCheckIsAnsweredWithTheAddressItCameFrom() throws Exception {
        assertThat(peer.check(session.localCredentials(), false)).isTrue();

        assertThat(peer.response().mappedAddress()).contains(peer.address());
        // The answer leaves before the agent notes that there was a check.
        await().until(() -> session.state() == SessionState.CHECKING);
        assertThat(session.stats().remote()).isEmpty();
    }

    @Test
    void useCandidateNominates() throws Exception {
        peer.check(session.localCredentials(), true);

        await().until(() -> session.stats().remote().isPresent());
        assertThat(session.stats().remote()).contains(peer.address());
    }

    @Test
    void aCheckWithAWrongPasswordChangesNothing() throws Exception {
        peer.sendCheck(session.localCredentials().ufrag(), WRONG_PASSWORD, true, true);

        await().until(() -> running.port.counters().stunBadIntegrity() == 1);
        assertNothingHappened();
    }

    @Test
    void aCheckForAnUnknownFragmentChangesNothing() throws Exception {
        peer.sendCheck("unknown8", session.localCredentials().password(), true, true);
        peer.sendCheck("tiny", session.localCredentials().password(), true, true);

        await().until(() -> running.port.counters().stunUnknownUfrag() == 2);
        assertNothingHappened();
    }

    @Test
    void aForgedCheckFromAConnectedAddressDoesNotKeepConsent() throws Exception {
        connect();
        running.advanceSeconds(20);
        peer.sendCheck(session.localCredentials().ufrag(), WRONG_PASSWORD, true, true);
        await().until(() -> running.port.counters().stunBadIntegrity() == 1);
        running.advanceSeconds(11);

        await().until(() -> listener.events.contains("closed CONSENT_EXPIRED"));
    }

    @Test
    void aForgedCheckDoesNotMoveTheSession() throws Exception {
        connect();
        var before = session.stats().remote();
        try (LoopbackPeer attacker = new LoopbackPeer(running.port.localAddress())) {
            attacker.sendCheck(session.localCredentials().ufrag(), WRONG_PASSWORD, true, true);
            await().until(() -> running.port.counters().stunBadIntegrity() == 1);
        }
        assertThat(session.stats().remote()).isEqualTo(before);
    }

    @Test
    void aPeerThatClaimsToBeControlledIsToldToSwitch() throws Exception {
        peer.sendCheck(
                session.localCredentials().ufrag(), session.localCredentials().password(), true, false);

        await().until(() -> {
            peer.pump();
            return peer.response() != null;
        });
        assertThat(peer.response().type()).isEqualTo(StunMessage.BINDING_ERROR);
        assertThat(peer.response().errorCode()).isEqualTo(487);
        assertThat(session.state()).isEqualTo(SessionState.NEW);
    }

    @Test
    void aPeerThatMovesTakesItsSessionAlong() throws Exception {
        connect();
        peer.move();
        assertThat(peer.check(session.localCredentials(), true)).isTrue();
        await().until(() -> session.stats().remote().equals(java.util.Optional.of(peer.address())));

        peer.sendRtp(1, 1, 20);
        await().until(() -> listener.rtp.size() == 1);
        running.onAgent(() ->
                session.sendRtcp(ByteBuffer.allocate(128).put(0, (byte) 0x80).put(1, (byte) 201), 0, 8));
        await().until(() -> {
            peer.pump();
            return peer.media.size() == 1;
        });
    }

    @Test
    void anIceRestartOnTheSameAddressGoesOnWithTheSameKeys() throws Exception {
        connect();
        IceCredentials before = session.localCredentials();

        IceCredentials after = session.restart(IceCredentials.generate(new SecureRandom()));

        assertThat(after).isNotEqualTo(before).isEqualTo(session.localCredentials());
        assertThat(peer.check(before, false)).as("old, before the first new").isTrue();
        assertThat(peer.check(after, true)).as("new").isTrue();
        peer.sendCheck(before.ufrag(), before.password(), false, true);
        await().until(() -> running.port.counters().stunUnknownUfrag() == 1);
        peer.sendRtp(1, 1, 20);
        await().until(() -> listener.rtp.size() == 1);
        assertThat(listener.events).doesNotContain("disconnected", "closed");
    }

    @Test
    void silenceDisconnectsAndACheckReconnects() throws Exception {
        connect();
        running.advanceSeconds(8);
        await().until(() -> listener.events.contains("disconnected"));
        assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);

        assertThat(peer.check(session.localCredentials(), false)).isTrue();
        await().until(() -> listener.events.contains("reconnected"));
        assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void aPeerThatNeverComesIsForgotten() {
        running.advanceSeconds(31);

        await().until(() -> listener.events.contains("closed ICE_TIMEOUT"));
        assertThat(running.port.counters().sessions()).isZero();
    }

    @Test
    void aClientHelloThatOvertakesTheFirstCheckIsHeld() throws Exception {
        byte[] hello = new byte[64];
        hello[0] = 22;
        peer.send(hello, hello.length);
        await().until(() -> running.port.counters().dtlsHeld() == 1);
        assertThat(session.state()).isEqualTo(SessionState.NEW);

        assertThat(peer.check(session.localCredentials(), false)).isTrue();

        await().until(() -> session.state() == SessionState.HANDSHAKING);
    }

    @Test
    void mediaFromAStrangerIsDropped() throws Exception {
        connect();
        try (LoopbackPeer stranger = new LoopbackPeer(running.port.localAddress())) {
            stranger.send(new byte[] {(byte) 0x80, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4}, 16);
            await().until(() -> running.port.counters().mediaUnknownAddress() == 1);
        }
        assertThat(listener.rtp).isEmpty();
    }

    @Test
    void anAddressGoesToWhoeverProvedItLast() throws Exception {
        connect();
        RecordingListener second = new RecordingListener();
        TransportSession next = running.open(peer, DtlsRole.SERVER, second);

        assertThat(peer.check(next.localCredentials(), true)).isTrue();
        peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());
        await().until(() -> next.state() == SessionState.CONNECTED);
        peer.sendRtp(1, 1, 20);

        await().until(() -> second.rtp.size() == 1);
        assertThat(listener.rtp).isEmpty();
    }

    private void connect() throws Exception {
        assertThat(peer.check(session.localCredentials(), true)).isTrue();
        peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());
        await().until(() -> session.state() == SessionState.CONNECTED);
    }

    private void assertNothingHappened() throws Exception {
        peer.pump();
        assertThat(peer.response()).isNull();
        assertThat(session.state()).isEqualTo(SessionState.NEW);
        assertThat(session.stats().remote()).isEmpty();
        assertThat(running.port.counters().stunValid()).isZero();
    }
}
