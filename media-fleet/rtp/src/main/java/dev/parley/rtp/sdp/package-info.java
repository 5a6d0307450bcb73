/**
 * Session descriptions (RFC 8866) as browsers exchange them (JSEP, RFC 9429): immutable records, a parser, a writer.
 *
 * <p>The parser takes what it knows and reads over attributes it does not know; it refuses broken lines with
 * {@link dev.parley.rtp.sdp.MalformedSdpException}, which names the line. Attributes that stand at session level and mean every media
 * section (ICE credentials, fingerprints, setup, extmap, direction) are copied into the sections that have none of their own.
 */
package dev.parley.rtp.sdp;
