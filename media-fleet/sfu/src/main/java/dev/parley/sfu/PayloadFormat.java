package dev.parley.sfu;

import java.util.Objects;

/**
 * One payload type of one participant. Two participants understand each other when codec and profile are equal; their numbers may differ.
 *
 * @param payloadType 0 to 127
 * @param codec what the packets hold
 * @param profile what of {@code fmtp} decides whether a stream can be decoded, in a canonical form that negotiation chooses: for H.264
 *     the profile and the packetization mode, for VP9 and AV1 the profile; empty when nothing does (Opus, VP8)
 * @param rtxPayloadType the payload type of this format's retransmissions (RFC 4588), -1 when none was negotiated
 */
public record PayloadFormat(int payloadType, Codec codec, String profile, int rtxPayloadType) {
    /** Stands for "no retransmission payload type". */
    public static final int NO_RTX = -1;

    public PayloadFormat {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(profile, "profile");
        if (payloadType < 0 || payloadType > 127 || rtxPayloadType < NO_RTX || rtxPayloadType > 127) {
            throw new IllegalArgumentException("payload types " + payloadType + " and " + rtxPayloadType);
        }
    }

    /** Whether a decoder of the other format decodes this one. */
    public boolean sameAs(PayloadFormat other) {
        return codec == other.codec && profile.equals(other.profile);
    }
}
