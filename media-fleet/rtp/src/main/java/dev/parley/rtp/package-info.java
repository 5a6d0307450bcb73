/**
 * RTP (RFC 3550) packets and header extensions (RFC 8285) as flyweights over {@link java.nio.ByteBuffer}.
 *
 * <p>Every class here works with absolute offsets on a big-endian buffer, never touches its position or limit, keeps no
 * reference longer than until the next {@code wrap}, and allocates nothing while reading or writing. Nothing in this module
 * reads a clock, opens a socket or starts a thread. A flyweight belongs to one thread.
 *
 * <p>Input from the network is refused in one way only: {@code tryWrap} answers {@code false}, {@code wrap} throws
 * {@link dev.parley.rtp.MalformedPacketException}. After a successful wrap no accessor fails, whatever the bytes are.
 */
package dev.parley.rtp;
