package dev.parley.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpProfile;
import dev.parley.transport.srtp.SrtpTransformer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DtlsHandshakeTest {
    private static final DtlsIdentity SERVER = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);
    private static final DtlsIdentity CLIENT = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);
    private static final int TIMEOUT_MILLIS = 20_000;

    private record Ends(DtlsConnection server, DtlsConnection client) {}

    @Test
    void bothEndsExportTheSameKeysOfTheBestProfile() throws Exception {
        Ends ends = shakeHands(LossyLink.pair(1, 0));

        assertThat(ends.server().keys().profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(ends.server().keys().exported())
                .hasSize(2 * (16 + 12))
                .isEqualTo(ends.client().keys().exported());
        assertThat(passes(
                        ends.client().keys().sending(SrtpCrypto.best()),
                        ends.server().keys().receiving(SrtpCrypto.best())))
                .isTrue();
        assertThat(passes(
                        ends.server().keys().sending(SrtpCrypto.best()),
                        ends.client().keys().receiving(SrtpCrypto.best())))
                .isTrue();
        assertThat(passes(
                        ends.server().keys().sending(SrtpCrypto.best()),
                        ends.server().keys().receiving(SrtpCrypto.best())))
                .as("each direction has its own key")
                .isFalse();
    }

    @Test
    void recordsAndTheCloseTravel() throws Exception {
        Ends ends = shakeHands(LossyLink.pair(1, 0));
        byte[] target = new byte[2048];

        ends.client().send(new byte[] {1, 2, 3}, 0, 3);
        assertThat(ends.server().receive(target)).isEqualTo(3);
        assertThat(ends.server().receive(target)).isEqualTo(-1);

        ends.server().close();
        assertThat(ends.client().receive(target)).isEqualTo(-1);
        assertThat(ends.client().closedByPeer()).isTrue();
    }

    /** An application record of 16 bytes, less than a tag and a nonce take, and one of a version that never was. */
    @ParameterizedTest
    @ValueSource(
            strings = {"17fefd0001000000000020001000000000000000000000000000000000", "17fefe00000000000000210001ff"})
    void aForgedRecordEndsNothing(String record) throws Exception {
        LossyLink[] link = LossyLink.pair(1, 0);
        Ends ends = shakeHands(link);
        byte[] target = new byte[2048];
        byte[] forged = HexFormat.of().parseHex(record);

        link[1].send(forged, 0, forged.length);
        ends.client().send(new byte[] {1, 2, 3}, 0, 3);

        assertThat(nextRecord(ends.server(), target)).isEqualTo(3);
        ends.server().send(new byte[] {4}, 0, 1);
        assertThat(nextRecord(ends.client(), target)).isEqualTo(1);
    }

    /** A receive waits a millisecond, which what is dropped may use up. */
    private static int nextRecord(DtlsConnection connection, byte[] target) throws DtlsException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        int length = connection.receive(target);
        while (length < 0 && !connection.closedByPeer() && System.nanoTime() < deadline) {
            length = connection.receive(target);
        }
        return length;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void survivesLossDoublingAndReordering(long seed) throws Exception {
        Ends ends = shakeHands(LossyLink.pair(seed, 0.15));

        assertThat(ends.server().keys().exported())
                .isEqualTo(ends.client().keys().exported());
    }

    @Test
    void refusesACertificateThatWasNotAnnounced() {
        LossyLink[] link = LossyLink.pair(1, 0);
        CompletableFuture<DtlsConnection> client =
                start(CLIENT, DtlsRole.CLIENT, SERVER.fingerprint(), link[1], TIMEOUT_MILLIS);

        assertThatThrownBy(
                        () -> DtlsHandshake.run(SERVER, DtlsRole.SERVER, SERVER.fingerprint(), link[0], TIMEOUT_MILLIS))
                .isInstanceOfSatisfying(
                        DtlsException.class,
                        e -> assertThat(e.kind()).isEqualTo(DtlsException.Kind.FINGERPRINT_MISMATCH));
        assertThat(client).failsWithin(java.time.Duration.ofSeconds(20));
    }

    @Test
    void theClientChecksTheServersCertificateToo() {
        LossyLink[] link = LossyLink.pair(1, 0);
        CompletableFuture<DtlsConnection> server =
                start(SERVER, DtlsRole.SERVER, CLIENT.fingerprint(), link[0], TIMEOUT_MILLIS);

        assertThatThrownBy(
                        () -> DtlsHandshake.run(CLIENT, DtlsRole.CLIENT, CLIENT.fingerprint(), link[1], TIMEOUT_MILLIS))
                .isInstanceOfSatisfying(
                        DtlsException.class,
                        e -> assertThat(e.kind()).isEqualTo(DtlsException.Kind.FINGERPRINT_MISMATCH));
        assertThat(server).failsWithin(java.time.Duration.ofSeconds(20));
    }

    @Test
    void givesUpWhenNobodyAnswers() {
        assertThatThrownBy(() ->
                        DtlsHandshake.run(CLIENT, DtlsRole.CLIENT, SERVER.fingerprint(), LossyLink.pair(1, 1)[0], 600))
                .isInstanceOfSatisfying(
                        DtlsException.class, e -> assertThat(e.kind()).isEqualTo(DtlsException.Kind.HANDSHAKE_FAILED))
                .hasMessageContaining("600 ms");
    }

    @Test
    void warmUpSucceeds() throws Exception {
        DtlsWarmUp.run(SERVER);
    }

    private static Ends shakeHands(LossyLink[] link) throws Exception {
        CompletableFuture<DtlsConnection> client =
                start(CLIENT, DtlsRole.CLIENT, SERVER.fingerprint(), link[1], TIMEOUT_MILLIS);
        CompletableFuture<DtlsConnection> server =
                start(SERVER, DtlsRole.SERVER, CLIENT.fingerprint(), link[0], TIMEOUT_MILLIS);
        // An end that is done repeats its last flight only when it is asked to: keep it listening.
        byte[] target = new byte[2048];
        while (!client.isDone() || !server.isDone()) {
            if (server.isDone()) {
                server.get().receive(target);
            } else if (client.isDone()) {
                client.get().receive(target);
            } else {
                Thread.onSpinWait();
            }
        }
        return new Ends(server.get(), client.get());
    }

    private static CompletableFuture<DtlsConnection> start(
            DtlsIdentity identity, DtlsRole role, Fingerprint expected, DtlsDatagrams link, int timeoutMillis) {
        CompletableFuture<DtlsConnection> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(DtlsHandshake.run(identity, role, expected, link, timeoutMillis));
            } catch (DtlsException e) {
                result.completeExceptionally(new ExecutionException(e));
            }
        });
        return result;
    }

    private static boolean passes(SrtpTransformer sender, SrtpTransformer receiver) {
        ByteBuffer buffer = ByteBuffer.allocate(128);
        buffer.put(0, (byte) 0x80).putShort(2, (short) 5).putInt(8, 77);
        int length = sender.protectRtp(buffer, 0, 40);
        return receiver.unprotectRtp(buffer, 0, length) == 40;
    }
}
