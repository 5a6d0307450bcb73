package dev.parley.transport.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;

/** Our datagrams as the library wants them. */
final class DatagramAdapter implements DatagramTransport {
    private final DtlsDatagrams datagrams;

    DatagramAdapter(DtlsDatagrams datagrams) {
        this.datagrams = datagrams;
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
        return datagrams.receive(target, offset, capacity, timeoutMillis);
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
