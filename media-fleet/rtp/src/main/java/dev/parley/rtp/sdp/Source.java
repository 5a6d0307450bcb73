package dev.parley.rtp.sdp;

import java.util.Map;

/**
 * All {@code a=ssrc} lines of one SSRC (RFC 5576).
 *
 * @param ssrc unsigned 32 bits
 * @param attributes such as {@code cname}, in order
 */
public record Source(long ssrc, Map<String, String> attributes) {
    public Source {
        attributes = Ordered.copy(attributes);
    }
}
