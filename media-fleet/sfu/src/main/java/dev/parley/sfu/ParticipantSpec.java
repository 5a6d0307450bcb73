package dev.parley.sfu;

import dev.parley.rtp.extension.ExtensionIds;
import java.util.List;
import java.util.Objects;

/**
 * What one media exchange agreed on with one participant.
 *
 * @param number the participant's number in the meeting, 1 to 2^32-1; it travels as CSRC in every packet of its tracks
 * @param published its sending m-lines
 * @param slots its receive m-lines; video slots are counted from 0 in this order, and so are audio slots
 * @param formats its payload types, for what it sends and for what is sent to it
 * @param extensions its header extension ids, in both directions
 */
public record ParticipantSpec(
        long number,
        List<PublishedSource> published,
        List<ReceiveSlot> slots,
        List<PayloadFormat> formats,
        ExtensionIds extensions) {

    public ParticipantSpec {
        if (number < 1 || number > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("participant number " + number);
        }
        published = List.copyOf(published);
        slots = List.copyOf(slots);
        formats = List.copyOf(formats);
        Objects.requireNonNull(extensions, "extensions");
    }
}
