package dev.parley.transport.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.DatagramTransport;

/** Our datagrams as the library wants them. */
final class DatagramAdapter implements DatagramTransport {
    private static final int HEADER_BYTES = 13;
    private static final int VERSION_AT = 1;
    private static final int EPOCH_AT = 3;
    private static final int LENGTH_AT = 11;
    private static final int DTLS_1_0 = 0xFEFF;
    private static final int DTLS_1_2 = 0xFEFD;

    private final DtlsDatagrams datagrams;
    private final PeerChecks checks;

    DatagramAdapter(DtlsDatagrams datagrams, PeerChecks checks) {
        this.datagrams = datagrams;
        this.checks = checks;
    }

    @Override
    public int getReceiveLimit() {
        return DtlsDatagrams.MAX_RECEIVE_BYTES;
    }

    @Override
    public int getSendLimit() {
        return DtlsDatagrams.MAX_SEND_BYTES;
    }

    @Override
    public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
        int length = datagrams.receive(target, offset, capacity, timeoutMillis);
        // The library reads on behind an empty datagram.
        return length > 0 && isForged(ByteBuffer.wrap(target, offset, length).slice()) ? 0 : length;
    }

    /**
     * Whether a record is of no version of DTLS, or too short to be encrypted though it says it is. RFC 6347 section 4.1.2.7 has invalid records dropped in
     * silence; for these, which anybody can send who knows the peer's address, the library would end the connection.
     */
    private boolean isForged(ByteBuffer datagram) {
        int at = 0;
        while (datagram.limit() - at >= HEADER_BYTES) {
            int version = datagram.getShort(at + VERSION_AT) & 0xFFFF;
            int length = datagram.getShort(at + LENGTH_AT) & 0xFFFF;
            boolean encrypted = datagram.getShort(at + EPOCH_AT) != 0;
            if (version != DTLS_1_0 && version != DTLS_1_2 || encrypted && length < checks.shortestEncryptedRecord()) {
                return true;
            }
            at += HEADER_BYTES + length;
        }
        return false;
    }

    @Override
    public void send(byte[] source, int offset, int length) throws IOException {
        datagrams.send(source, offset, length);
    }

    @Override
    public void close() {
        // The datagrams belong to the session, which ends them itself.
    }
}
