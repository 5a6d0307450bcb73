package dev.parley.node.negotiation;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.Fingerprint;
import dev.parley.transport.ice.IceCredentials;

/**
 * Our end of a transport, as the answer describes it.
 *
 * @param ice our credentials for this session
 * @param fingerprint of our certificate
 * @param role ours in the DTLS handshake
 * @param host address clients reach us at
 * @param port UDP port of the session's agent
 */
public record LocalTransport(IceCredentials ice, Fingerprint fingerprint, DtlsRole role, String host, int port) {}
