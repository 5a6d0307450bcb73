package dev.parley.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ChaCha20 sends no part of its nonce, so that its records are shorter by eight bytes than those of AES-GCM: an alert has 18. */
@Timeout(60)
class ChaChaRecordsTest {
    private static final DtlsIdentity SERVER = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);
    private static final DtlsIdentity CLIENT = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int EPOCH_AT = 3;

    /** As long as an alert's record, and of no key. */
    private static final byte[] SHORT_RECORD =
            HexFormat.of().parseHex("15fefd0001000000000020" + "0012" + "00".repeat(18));

    /** A link that puts such a record behind everything encrypted. */
    private record Trailing(LossyLink link) implements DtlsDatagrams {
        @Override
        public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
            return link.receive(target, offset, capacity, timeoutMillis);
        }

        @Override
        public void send(byte[] source, int offset, int length) {
            byte[] datagram = Arrays.copyOfRange(source, offset, offset + length);
            if (datagram[EPOCH_AT + 1] != 0) {
                datagram = Arrays.copyOf(datagram, length + SHORT_RECORD.length);
                System.arraycopy(SHORT_RECORD, 0, datagram, length, SHORT_RECORD.length);
            }
            link.send(datagram, 0, datagram.length);
        }
    }

    @Test
    void anotherRecordAsShortAsAnAlertDoesNotCostTheHandshake() throws Exception {
        LossyLink[] link = LossyLink.pair(1, 0);
        CompletableFuture<DTLSTransport> client = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                client.complete(chaChaClient(new Trailing(link[1])));
            } catch (IOException e) {
                client.completeExceptionally(e);
            }
        });

        DtlsConnection server =
                DtlsHandshake.run(SERVER, DtlsRole.SERVER, CLIENT.fingerprint(), link[0], TIMEOUT_MILLIS);

        client.get().send(new byte[] {1, 2, 3}, 0, 3);
        assertThat(DtlsRecordFuzzTest.awaitRecord(server, new byte[2048])).isEqualTo(3);
        client.get().close();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(server.receive(new byte[2048])).isEqualTo(-1);
            assertThat(server.closedByPeer()).isTrue();
        });
    }

    private static DTLSTransport chaChaClient(DtlsDatagrams datagrams) throws IOException {
        PeerChecks checks = new PeerChecks(CLIENT, DtlsRole.CLIENT, SERVER.fingerprint());
        DtlsClientPeer client = new DtlsClientPeer(checks, TIMEOUT_MILLIS) {
            @Override
            protected int[] getSupportedCipherSuites() {
                return TlsUtils.getSupportedCipherSuites(
                        getCrypto(), new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256});
            }
        };
        return new DTLSClientProtocol().connect(client, new DatagramAdapter(datagrams, checks));
    }
}
