/**
 * STUN (RFC 8489) with the attributes ICE uses (RFC 8445): reader, writer, short-term credential integrity, fingerprint.
 *
 * <p>The order in which an open socket should treat a request: {@link dev.parley.rtp.stun.StunMessage#tryWrap}, find the session by the
 * local user name fragment, {@link dev.parley.rtp.stun.StunIntegrity#verify}, and only then touch state.
 */
package dev.parley.rtp.stun;
