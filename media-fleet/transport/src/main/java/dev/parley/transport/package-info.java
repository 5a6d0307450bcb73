/**
 * A media agent's transport: one {@link dev.parley.transport.MediaPort} per agent, one
 * {@link dev.parley.transport.TransportSession} per peer.
 *
 * <p><b>The way of a packet.</b> {@code UdpEngine -> DatagramKind -> TransportSession -> SrtpTransformer ->
 * TransportListener} and back by {@code TransportSession.sendRtp -> SrtpTransformer -> UdpEngine}, all on the agent's
 * thread, in place, in one buffer.
 *
 * <p><b>Who a datagram belongs to.</b> A connectivity check names its session by our user-name fragment, whatever
 * address it comes from, and counts only with the right MESSAGE-INTEGRITY. The address it came from belongs to that
 * session from then on, and everything else is found by address. So a session survives ICE restarts on one 5-tuple and
 * changes of network, and a stranger's datagram leaves no state.
 *
 * <p><b>Threads.</b> The agent owns STUN, SRTP and all state of ports and sessions. Each session has one virtual thread
 * for the DTLS handshake and afterwards for DTLS records, SCTP and data channels. The two exchange datagrams, keys and
 * messages through bounded rings ({@code SessionMailbox}); when one is full, the session ends as
 * {@link dev.parley.transport.CloseReason#OVERLOADED}.
 *
 * <p><b>Ending.</b> However a session ends, its listener hears {@code closed} once, on the agent's thread. Its own thread
 * then sends what was still queued and a close_notify, and only when that thread is over are the addresses released.
 */
package dev.parley.transport;
