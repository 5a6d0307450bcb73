/**
 * SRTP and SRTCP (RFC 3711, RFC 7714), in place, without a thread, a clock or a socket.
 *
 * <p>{@link dev.parley.transport.srtp.SrtpCrypto} is where ciphers come from and is chosen at start.
 * {@link dev.parley.transport.srtp.SrtpTransformer} is one direction of one session. Above the ciphers everything is
 * shared: the 48-bit index estimated from the 16-bit sequence number, a window of 1024 packets against replay, and a
 * bounded table of sources, to which only authentic packets add.
 *
 * <p>The same window guards sending: an index is protected once. Under GCM a second packet with the same index would
 * give the authentication key away, so retransmissions need RTX (RFC 4588).
 *
 * <p><b>Example</b> of the index (RFC 3711 section 3.3.1): the highest index seen is {@code 1 * 65536 + 65530}; sequence
 * number 3 arrives. It is more than half the space below 65530, so the rollover counter becomes 2 and the index
 * {@code 2 * 65536 + 3}. Then 65531 arrives, late: now it is more than half the space above 3, so its index is
 * {@code 1 * 65536 + 65531}.
 */
package dev.parley.transport.srtp;
