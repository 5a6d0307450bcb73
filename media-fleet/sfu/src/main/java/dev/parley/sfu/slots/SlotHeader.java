package dev.parley.sfu.slots;

import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.sfu.ReceiveSlot;

/** What the header extensions of one slot's packets look like: the receiver's ids, 0 for what its m-line did not agree on, and the MID. */
final class SlotHeader {
    private static final int ONE_BYTE_MAX = 14;

    private final byte[] mid;
    private final int midId;
    private final int transportSequenceId;
    private final int audioLevelId;
    private final int orientationId;

    SlotHeader(ExtensionIds ids, ReceiveSlot slot) {
        mid = TextValue.bytes(slot.mid());
        midId = id(ids, slot, ExtensionUri.MID);
        transportSequenceId = id(ids, slot, ExtensionUri.TRANSPORT_SEQUENCE);
        audioLevelId = id(ids, slot, ExtensionUri.AUDIO_LEVEL);
        orientationId = id(ids, slot, ExtensionUri.VIDEO_ORIENTATION);
    }

    private static int id(ExtensionIds ids, ReceiveSlot slot, ExtensionUri uri) {
        return slot.extensions().contains(uri) ? ids.id(uri) : 0;
    }

    byte[] mid() {
        return mid;
    }

    int midId() {
        return midId;
    }

    int transportSequenceId() {
        return transportSequenceId;
    }

    int audioLevelId() {
        return audioLevelId;
    }

    int orientationId() {
        return orientationId;
    }

    /** Whether any id needs the two-byte form (RFC 8285 section 4.3). */
    boolean twoByte() {
        return Math.max(Math.max(midId, transportSequenceId), Math.max(audioLevelId, orientationId)) > ONE_BYTE_MAX;
    }
}
