/**
 * SCTP over DTLS for WebRTC data channels: a state machine without I/O, threads or clock.
 *
 * <p>{@link dev.parley.sctp.DataChannels} is what most callers want: channels, text and binary messages. Below it
 * {@link dev.parley.sctp.SctpAssociation} knows streams and payload protocols:
 *
 * <ul>
 *   <li>{@code Handshake}: INIT, cookies, simultaneous open, restart (RFC 9260 section 5).
 *   <li>{@code Outbound}: {@code SendQueue} gives messages their turn, {@code CongestionWindow} says how much may be in
 *       flight, SACKs say what is lost; a message with a limit is given up by FORWARD TSN (RFC 3758).
 *   <li>{@code Inbound}: {@code ReceivedTsns} says what has arrived, {@code Reassembly} what it makes. Memory is bounded
 *       by the receive window; the very next chunk is always taken, so that a full window cannot stand still.
 *   <li>{@code StreamResets}: how a channel is closed (RFC 6525).
 * </ul>
 *
 * <p>Worked example, one lost packet: chunks 1 to 5 are sent, 2 is lost. Each of 3, 4 and 5 brings a SACK "up to 1, and
 * a block from 3". The third such report makes 2 lost: the congestion window is halved once, 2 goes out at once whatever
 * the window says, and the SACK that moves past 5 ends the recovery.
 *
 * <p>Left out on purpose: multihoming and heartbeats of our own (ICE chooses and watches the path), I-DATA (RFC 8260),
 * authentication chunks (DTLS does it).
 */
package dev.parley.sctp;
