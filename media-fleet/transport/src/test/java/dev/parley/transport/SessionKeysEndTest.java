package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.srtp.AeadCipher;
import dev.parley.transport.srtp.CounterCipher;
import dev.parley.transport.srtp.SrtpCrypto;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys outside Java's heap are forgotten with their session, not some time later. */
@Timeout(60)
class SessionKeysEndTest {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void everyKeyOfASessionIsClosedWithIt() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (RunningPort running = new RunningPort(MediaPortSettings.defaults(), counting(SrtpCrypto.best()));
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = running.open(peer, DtlsRole.SERVER, listener);
            assertThat(peer.check(session.localCredentials(), true)).isTrue();
            peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());
            await().until(() -> session.state() == SessionState.CONNECTED);
            assertThat(made).hasValue(4);
            assertThat(closed).hasValue(0);

            session.close(CloseReason.LOCAL, "over");

            await().until(() -> session.state() == SessionState.CLOSED && closed.get() == 4);
        }
    }

    private SrtpCrypto counting(SrtpCrypto crypto) {
        return new SrtpCrypto() {
            @Override
            public String name() {
                return crypto.name();
            }

            @Override
            public AeadCipher aesGcm(byte[] key) {
                made.incrementAndGet();
                return new Counting(crypto.aesGcm(key), closed);
            }

            @Override
            public CounterCipher aesCounterHmacSha1(byte[] key, byte[] authKey) {
                return crypto.aesCounterHmacSha1(key, authKey);
            }
        };
    }

    private record Counting(AeadCipher cipher, AtomicInteger closed) implements AeadCipher {
        @Override
        public boolean seal(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int at, int length) {
            return cipher.seal(nonce, aad, aadLength, buffer, at, length);
        }

        @Override
        public boolean open(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int at, int length) {
            return cipher.open(nonce, aad, aadLength, buffer, at, length);
        }

        @Override
        public boolean sealBehind(long head, int tail, ByteBuffer buffer, int offset, int aadLength, int length) {
            return cipher.sealBehind(head, tail, buffer, offset, aadLength, length);
        }

        @Override
        public boolean openBehind(long head, int tail, ByteBuffer buffer, int offset, int aadLength, int length) {
            return cipher.openBehind(head, tail, buffer, offset, aadLength, length);
        }

        @Override
        public void close() {
            cipher.close();
            closed.incrementAndGet();
        }
    }
}
