package dev.parley.rtp.sdp;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One payload type with everything its section says about it: rtpmap, fmtp, rtcp-fb.
 *
 * @param payloadType 0 to 127
 * @param name the encoding's name as written, compared without case
 * @param clockRate ticks a second
 * @param channels audio channels, 1 when not written
 * @param parameters the fmtp parameters in order; a bare value has itself as key and an empty value
 * @param feedback rtcp-fb values such as {@code nack pli}, those of {@code *} included
 */
public record Codec(
        int payloadType,
        String name,
        int clockRate,
        int channels,
        Map<String, String> parameters,
        List<String> feedback) {
    public Codec {
        parameters = Ordered.copy(parameters);
        feedback = List.copyOf(feedback);
    }

    /** Whether this is the named encoding. */
    public boolean is(String encoding) {
        return name.equalsIgnoreCase(encoding);
    }

    /** The payload type that this retransmission or redundancy format carries ({@code apt}). */
    public OptionalInt associatedPayloadType() {
        String apt = parameters.getOrDefault("apt", "");
        if (apt.isEmpty() || apt.length() > 3 || !apt.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(apt));
    }
}
