/**
 * DTLS 1.2 with the SRTP extension (RFC 6347, RFC 5764), in both roles, over Bouncy Castle.
 *
 * <p>Each process has one self-signed ECDSA certificate, and each session knows the fingerprint that the other side's
 * SDP announced. A handshake succeeds only if both sides show a certificate, theirs has that fingerprint, an SRTP
 * profile is agreed on, and the extended master secret (RFC 7627) is used. Everything here blocks and therefore belongs
 * on a virtual thread.
 */
package dev.parley.transport.dtls;
