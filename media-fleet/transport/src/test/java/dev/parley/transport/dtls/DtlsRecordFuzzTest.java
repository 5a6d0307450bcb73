package dev.parley.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.fuzz.Fuzz;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever writes from a participant's address without its keys can neither end its connection nor say anything on it. */
@Tag("fuzz")
class DtlsRecordFuzzTest {
    private static final DtlsIdentity SERVER = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);
    private static final DtlsIdentity CLIENT = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int RECORDS_A_WAIT = 512;

    /** Nothing is allowed to be thrown. */
    private static final class Nothing extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** A link that keeps a copy of what arrives, and into which a stranger writes. */
    private static final class Tapped implements DtlsDatagrams {
        private final LossyLink link;
        private final List<byte[]> seen = new ArrayList<>();
        private final Queue<byte[]> forged = new ArrayDeque<>();
        private boolean cut;

        Tapped(LossyLink link) {
            this.link = link;
        }

        @Override
        public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws java.io.IOException {
            byte[] datagram = forged.poll();
            if (datagram != null) {
                int length = Math.min(capacity, datagram.length);
                System.arraycopy(datagram, 0, target, offset, length);
                return length;
            }
            int length = cut ? -1 : link.receive(target, offset, capacity, timeoutMillis);
            if (length > 0) {
                seen.add(java.util.Arrays.copyOfRange(target, offset, offset + length));
            }
            return length;
        }

        @Override
        public void send(byte[] source, int offset, int length) {
            if (!cut) {
                link.send(source, offset, length);
            }
        }
    }

    private static void readAll(Tapped tapped, DtlsConnection server, byte[] target) throws DtlsException {
        while (!tapped.forged.isEmpty()) {
            if (server.receive(target) >= 0 || server.receivePending(target) >= 0) {
                throw new AssertionError("a forged record was taken");
            }
        }
    }

    @Test
    void forgedRecordsChangeNothing() throws Exception {
        LossyLink[] link = LossyLink.pair(1, 0);
        Tapped tapped = new Tapped(link[0]);
        CompletableFuture<DtlsConnection> shaken = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                shaken.complete(
                        DtlsHandshake.run(CLIENT, DtlsRole.CLIENT, SERVER.fingerprint(), link[1], TIMEOUT_MILLIS));
            } catch (DtlsException e) {
                shaken.completeExceptionally(e);
            }
        });
        DtlsConnection server =
                DtlsHandshake.run(SERVER, DtlsRole.SERVER, CLIENT.fingerprint(), tapped, TIMEOUT_MILLIS);
        DtlsConnection client = shaken.get();
        byte[] target = new byte[DtlsDatagrams.MAX_RECEIVE_BYTES];
        client.send(new byte[] {1, 2, 3}, 0, 3);
        assertThat(server.receive(target)).isEqualTo(3);

        List<byte[]> corpus = new ArrayList<>(tapped.seen);
        tapped.cut = true;
        Fuzz.run("dtls-records", Nothing.class, corpus, input -> {
            tapped.forged.add(input);
            // An empty link is waited for: a millisecond for many records, not for each.
            while (tapped.forged.size() >= RECORDS_A_WAIT) {
                readAll(tapped, server, target);
            }
        });
        readAll(tapped, server, target);
        tapped.cut = false;

        assertThat(server.closedByPeer()).isFalse();
        client.send(new byte[] {4, 5}, 0, 2);
        assertThat(server.receive(target)).isEqualTo(2);
        server.send(new byte[] {6}, 0, 1);
        assertThat(client.receive(target)).isEqualTo(1);
    }
}
