package dev.parley.sfu;

import java.util.List;
import java.util.Objects;

/**
 * One sending m-line of a participant.
 *
 * @param mid the m-line's {@code a=mid}
 * @param source what it carries
 * @param rids the simulcast layers in the order of the offer, lowest picture first ({@code q h f}); empty without simulcast
 * @param ssrc the SSRC an {@code a=ssrc} line announced, {@link #UNKNOWN} when packets must tell by their MID and RID
 * @param rtxSsrc the SSRC of its retransmissions as {@code a=ssrc-group:FID} announced it, {@link #UNKNOWN} otherwise
 */
public record PublishedSource(String mid, Source source, List<String> rids, long ssrc, long rtxSsrc) {
    /** Stands for an SSRC that is learnt from packets. */
    public static final long UNKNOWN = -1;

    public PublishedSource {
        Objects.requireNonNull(mid, "mid");
        Objects.requireNonNull(source, "source");
        rids = List.copyOf(rids);
        if (rids.size() > 4) {
            throw new IllegalArgumentException("at most 4 simulcast layers, not " + rids.size());
        }
    }

    /** A source whose SSRCs are learnt from MID and RID. */
    public static PublishedSource of(String mid, Source source, String... rids) {
        return new PublishedSource(mid, source, List.of(rids), UNKNOWN, UNKNOWN);
    }
}
