package dev.parley.rtp.sdp;

import java.util.List;

/**
 * An {@code a=ssrc-group} line (RFC 5576).
 *
 * @param semantics {@code FID} for a stream and its retransmissions, {@code SIM} for layers
 * @param ssrcs the members in order
 */
public record SourceGroup(String semantics, List<Long> ssrcs) {
    /** A stream and its retransmission stream. */
    public static final String FID = "FID";
    /** Simulcast layers. */
    public static final String SIM = "SIM";

    public SourceGroup {
        ssrcs = List.copyOf(ssrcs);
    }
}
