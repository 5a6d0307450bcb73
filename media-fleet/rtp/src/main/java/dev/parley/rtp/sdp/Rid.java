package dev.parley.rtp.sdp;

import java.util.Map;

/**
 * An {@code a=rid} line (RFC 8851).
 *
 * @param id the stream's id
 * @param send whether the describer sends it, else it receives it
 * @param restrictions such as {@code max-width}; empty values for bare words
 */
public record Rid(String id, boolean send, Map<String, String> restrictions) {
    public Rid {
        restrictions = Ordered.copy(restrictions);
    }
}
