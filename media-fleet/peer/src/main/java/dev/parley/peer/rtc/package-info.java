/**
 * The WebRTC side of a peer: ICE by ice4j, DTLS by Bouncy Castle, SRTP by jitsi-srtp, data channels by our SCTP. It shares
 * packet formats with the server and nothing that moves packets, so that the two prove each other.
 *
 * <p>Three virtual threads a peer: one reads datagrams, one owns DTLS and the data channels ({@link
 * dev.parley.peer.rtc.PeerTransport}), one owns all RTP and RTCP state ({@link dev.parley.peer.rtc.MediaLoop}).
 */
package dev.parley.peer.rtc;
