package dev.parley.rtp.sdp;

/**
 * A certificate's fingerprint (RFC 8122).
 *
 * @param algorithm lower case, such as {@code sha-256}
 * @param value upper-case hexadecimal bytes with colons
 */
public record Fingerprint(String algorithm, String value) {}
