package dev.parley.transport.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;

/** An established DTLS connection: application records in and out. Belongs to the thread that shook hands. */
public final class DtlsConnection {
    private static final int SHORTEST_WAIT_MILLIS = 1;

    private final DTLSTransport transport;
    private final PeerChecks checks;

    DtlsConnection(DTLSTransport transport, PeerChecks checks) {
        this.transport = transport;
        this.checks = checks;
    }

    /** The SRTP keys that the handshake agreed on. */
    public SrtpKeyMaterial keys() {
        return checks.keys();
    }

    /** Whether the other side closed the connection or sent a fatal alert. */
    public boolean closedByPeer() {
        return checks.closedByPeer();
    }

    /**
     * Takes one application record out of the datagrams that have arrived.
     *
     * @return its length, or -1 when there is none now
     * @throws DtlsException when the connection broke
     */
    public int receive(byte[] target) throws DtlsException {
        try {
            return transport.receive(target, 0, target.length, SHORTEST_WAIT_MILLIS);
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    /**
     * Takes one more record of the datagram that {@link #receive} read last.
     *
     * @return its length, or -1 when there was no other
     * @throws DtlsException when the connection broke
     */
    public int receivePending(byte[] target) throws DtlsException {
        try {
            return transport.receivePending(target, 0, target.length);
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    /**
     * Sends one application record.
     *
     * @throws DtlsException when the connection broke
     */
    public void send(byte[] source, int offset, int length) throws DtlsException {
        try {
            transport.send(source, offset, length);
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    /** Sends close_notify, as well as it goes. */
    public void close() {
        try {
            transport.close();
        } catch (IOException | RuntimeException e) {
            // It is being closed because it is no longer wanted; there is nobody left to tell.
        }
    }

    private static DtlsException broken(Exception e) {
        return new DtlsException(
                DtlsException.Kind.CONNECTION_FAILED, "the DTLS connection broke: " + e.getMessage(), e);
    }
}
