/**
 * RTCP (RFC 3550 section 6, RFC 4585, RFC 5104): a reader that walks a compound packet, one flyweight per report, and a writer.
 *
 * <p>{@link dev.parley.rtp.rtcp.RtcpReader} checks the whole compound first; each report's {@code tryWrap} then checks its own body.
 */
package dev.parley.rtp.rtcp;
