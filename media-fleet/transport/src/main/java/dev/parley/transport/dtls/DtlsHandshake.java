package dev.parley.transport.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsTimeoutException;

/** Runs one DTLS-SRTP handshake (RFC 5764) to its end. Blocks: belongs on a virtual thread. */
public final class DtlsHandshake {
    /** First retransmission of a flight; doubles from there. */
    static final int RESEND_MILLIS = 250;

    private DtlsHandshake() {}

    /**
     * Shakes hands over the datagrams.
     *
     * @param expected the fingerprint the other side's SDP announced
     * @param timeoutMillis for the whole handshake
     * @throws DtlsException when it fails, times out, or the certificate is not the announced one
     */
    public static DtlsConnection run(
            DtlsIdentity identity, DtlsRole role, Fingerprint expected, DtlsDatagrams datagrams, int timeoutMillis)
            throws DtlsException {
        PeerChecks checks = new PeerChecks(identity, role, expected);
        try {
            DatagramTransport below = new DatagramAdapter(datagrams, checks);
            DTLSTransport transport = role == DtlsRole.SERVER
                    ? new DTLSServerProtocol().accept(new DtlsServerPeer(checks, timeoutMillis), below)
                    : new DTLSClientProtocol().connect(new DtlsClientPeer(checks, timeoutMillis), below);
            return new DtlsConnection(transport, checks);
        } catch (TlsTimeoutException e) {
            throw new DtlsException(
                    DtlsException.Kind.HANDSHAKE_FAILED,
                    "the DTLS handshake took longer than " + timeoutMillis + " ms",
                    e);
        } catch (IOException | RuntimeException e) {
            if (checks.fingerprintMismatch()) {
                throw new DtlsException(DtlsException.Kind.FINGERPRINT_MISMATCH, e.getMessage(), e);
            }
            throw new DtlsException(
                    DtlsException.Kind.HANDSHAKE_FAILED, "the DTLS handshake failed: " + e.getMessage(), e);
        }
    }
}
