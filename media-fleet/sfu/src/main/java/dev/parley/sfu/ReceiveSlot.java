package dev.parley.sfu;

import dev.parley.rtp.extension.ExtensionUri;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * One receive m-line of a participant: a stream of fixed SSRC onto which the node maps whatever track it chooses.
 *
 * @param video whether the m-line is video; otherwise audio
 * @param mid the m-line's {@code a=mid}, written into every packet
 * @param ssrc the SSRC the answer gave this m-line
 * @param rtxSsrc the SSRC of its retransmissions, {@link #NO_RTX} when RTX was not negotiated
 * @param extensions the header extensions agreed on for this m-line; ids are those of the bundle. Firefox, for one, numbers transport-wide on video only
 */
public record ReceiveSlot(boolean video, String mid, long ssrc, long rtxSsrc, Set<ExtensionUri> extensions) {
    /** Stands for "no retransmissions". */
    public static final long NO_RTX = -1;

    public ReceiveSlot {
        Objects.requireNonNull(mid, "mid");
        if (mid.isEmpty() || mid.length() > 16) {
            throw new IllegalArgumentException("a mid has 1 to 16 bytes: " + mid);
        }
        if (ssrc <= 0 || ssrc > 0xFFFF_FFFFL || rtxSsrc == 0 || rtxSsrc > 0xFFFF_FFFFL || ssrc == rtxSsrc) {
            throw new IllegalArgumentException("SSRCs " + ssrc + " and " + rtxSsrc);
        }
        extensions = Set.copyOf(extensions);
    }

    /** A slot on whose m-line every extension of the bundle was agreed on. */
    public ReceiveSlot(boolean video, String mid, long ssrc, long rtxSsrc) {
        this(video, mid, ssrc, rtxSsrc, EnumSet.allOf(ExtensionUri.class));
    }
}
