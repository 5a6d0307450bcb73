package dev.parley.transport.dtls;

import java.io.IOException;

/**
 * The datagrams under one DTLS connection, as its thread sees them. Implementations are bounded on both sides; only the
 * thread that runs the connection calls these methods.
 */
public interface DtlsDatagrams {
    /** Largest datagram we send: fits every path that carries WebRTC. */
    int MAX_SEND_BYTES = 1200;

    /** Largest datagram we take. */
    int MAX_RECEIVE_BYTES = 2048;

    /**
     * Waits for the next datagram.
     *
     * @param timeoutMillis longest wait; 0 does not wait
     * @return its length, or -1 when none came in time
     * @throws IOException when the connection was told to stop
     */
    int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException;

    /**
     * Sends one datagram, or drops it as a network would.
     *
     * @throws IOException when the connection was told to stop
     */
    void send(byte[] source, int offset, int length) throws IOException;
}
