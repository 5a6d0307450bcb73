package dev.parley.transport;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.Fingerprint;
import dev.parley.transport.ice.IceCredentials;
import java.util.Objects;

/**
 * What the other side's session description says about its transport.
 *
 * @param remoteIce its ICE credentials
 * @param remoteFingerprint of the certificate it will show
 * @param role ours in the DTLS handshake
 * @param remoteSctpPort its {@code a=sctp-port}
 * @param remoteMaxMessageBytes its {@code a=max-message-size}; 0 says that any size will do (RFC 8841 section 6)
 */
public record SessionRequest(
        IceCredentials remoteIce,
        Fingerprint remoteFingerprint,
        DtlsRole role,
        int remoteSctpPort,
        int remoteMaxMessageBytes) {
    /** The SCTP port of every browser. */
    public static final int DEFAULT_SCTP_PORT = 5000;

    /** What a peer takes that does not say (RFC 8841 section 6). */
    public static final int DEFAULT_MAX_MESSAGE_BYTES = 65_536;

    /** Checks the ranges. */
    public SessionRequest {
        Objects.requireNonNull(remoteIce, "remoteIce");
        Objects.requireNonNull(remoteFingerprint, "remoteFingerprint");
        Objects.requireNonNull(role, "role");
        if (remoteSctpPort < 1 || remoteSctpPort > 65_535) {
            throw new IllegalArgumentException("sctp-port must be 1 to 65535, not " + remoteSctpPort);
        }
        if (remoteMaxMessageBytes < 0) {
            throw new IllegalArgumentException("max-message-size must not be negative: " + remoteMaxMessageBytes);
        }
    }

    /** A peer with the usual SCTP port and message size. */
    public SessionRequest(IceCredentials remoteIce, Fingerprint remoteFingerprint, DtlsRole role) {
        this(remoteIce, remoteFingerprint, role, DEFAULT_SCTP_PORT, DEFAULT_MAX_MESSAGE_BYTES);
    }
}
