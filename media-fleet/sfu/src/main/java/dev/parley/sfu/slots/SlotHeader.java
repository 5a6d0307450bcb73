package dev.parley.sfu.slots;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.rtp.extension.TransportSequence;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.tracks.MediaPacket;
import java.nio.ByteBuffer;

/**
 * Writes the headers of one slot's packets: one CSRC, and the elements that its m-line agreed on under the receiver's ids (id 0: not agreed
 * on), the MID among them.
 *
 * <p>Nearly all receivers take one-byte elements and a MID of a few characters (RFC 8285 section 4.2): their headers are written word by
 * word. Any other goes through {@link RtpWriter}, with the same bytes.
 */
final class SlotHeader {
    private static final int ONE_BYTE_MAX = 14;
    private static final int FIXED_BYTES = 12;
    private static final int CSRC_BYTES = 4;
    /** What fits into one word beside its element's first byte. */
    private static final int SHORT_MID = Long.BYTES - 1;

    private static final int VERSION_AND_CSRC = 0x81;
    private static final int EXTENSION = 0x10;
    private static final int MARKER = 0x80;

    private final RtpWriter writer = new RtpWriter();
    private final byte[] mid;
    private final int midLength;
    private final int midId;
    private final int transportSequenceId;
    private final int audioLevelId;
    private final int orientationId;
    private final boolean twoByte;
    private final boolean quick;
    private final long midElement;

    SlotHeader(ExtensionIds ids, ReceiveSlot slot) {
        mid = TextValue.bytes(slot.mid());
        midLength = mid.length;
        midId = id(ids, slot, ExtensionUri.MID);
        transportSequenceId = id(ids, slot, ExtensionUri.TRANSPORT_SEQUENCE);
        audioLevelId = id(ids, slot, ExtensionUri.AUDIO_LEVEL);
        orientationId = id(ids, slot, ExtensionUri.VIDEO_ORIENTATION);
        twoByte = Math.max(Math.max(midId, transportSequenceId), Math.max(audioLevelId, orientationId)) > ONE_BYTE_MAX;
        quick = !twoByte && mid.length <= SHORT_MID && (midId == 0 || mid.length > 0);
        midElement = quick ? element(midId, mid) : 0;
    }

    private static int id(ExtensionIds ids, ReceiveSlot slot, ExtensionUri uri) {
        return slot.extensions().contains(uri) ? ids.id(uri) : 0;
    }

    /** A one-byte element in the high bytes of a word. */
    private static long element(int id, byte[] value) {
        ByteBuffer word = ByteBuffer.allocate(Long.BYTES);
        word.put(0, (byte) (id << 4 | value.length - 1 & 0xF)).put(1, value);
        return word.getLong(0);
    }

    /** Whether packets carry a transport-wide number. */
    boolean numbered() {
        return transportSequenceId != 0;
    }

    /**
     * Writes a header.
     *
     * @param audioLevel the element's byte, or {@link MediaPacket#ABSENT}
     * @param orientation the element's byte, or {@link MediaPacket#ABSENT}
     * @return absolute offset of the payload
     */
    int write(
            ByteBuffer buffer,
            int offset,
            int payloadType,
            boolean marker,
            int sequenceNumber,
            long timestamp,
            long ssrc,
            long csrc,
            int transportSequence,
            int audioLevel,
            int orientation) {
        if (!quick) {
            writer.begin(buffer, offset, payloadType, marker, sequenceNumber, timestamp, ssrc)
                    .csrc(csrc);
            return writeElements(buffer, transportSequence, audioLevel, orientation);
        }
        int block = offset + FIXED_BYTES + CSRC_BYTES;
        int at = block + Integer.BYTES;
        if (transportSequenceId != 0) {
            buffer.put(at, (byte) (transportSequenceId << 4 | TransportSequence.LENGTH - 1));
            buffer.putShort(at + 1, (short) transportSequence);
            at += 1 + TransportSequence.LENGTH;
        }
        if (midId != 0) {
            buffer.putLong(at, midElement);
            at += 1 + midLength;
        }
        at = writeByte(buffer, at, audioLevelId, audioLevel);
        at = writeByte(buffer, at, orientationId, orientation);
        int words = at - block - 1 >>> 2;
        int first = VERSION_AND_CSRC;
        int end = block;
        if (words > 0) {
            // Fills the block's last word with zeros; what it writes beyond is the payload's.
            buffer.putInt(at, 0);
            buffer.putInt(block, HeaderExtensions.ONE_BYTE_PROFILE << Short.SIZE | words);
            first |= EXTENSION;
            end = block + Integer.BYTES + words * Integer.BYTES;
        }
        buffer.putInt(
                offset,
                (first << Byte.SIZE | (marker ? MARKER : 0) | payloadType) << Short.SIZE | sequenceNumber & 0xFFFF);
        buffer.putInt(offset + 4, (int) timestamp);
        buffer.putInt(offset + 8, (int) ssrc);
        buffer.putInt(offset + FIXED_BYTES, (int) csrc);
        return end;
    }

    private static int writeByte(ByteBuffer buffer, int at, int id, int value) {
        if (id == 0 || value == MediaPacket.ABSENT) {
            return at;
        }
        buffer.putShort(at, (short) (id << 12 | value & 0xFF));
        return at + 2;
    }

    /** As {@link #write}, without CSRC: a packet of padding is nobody's. */
    int writeForPadding(
            ByteBuffer buffer,
            int offset,
            int payloadType,
            int sequenceNumber,
            long timestamp,
            long ssrc,
            int transportSequence) {
        writer.begin(buffer, offset, payloadType, false, sequenceNumber, timestamp, ssrc);
        return writeElements(buffer, transportSequence, MediaPacket.ABSENT, MediaPacket.ABSENT);
    }

    private int writeElements(ByteBuffer buffer, int transportSequence, int audioLevel, int orientation) {
        writer.beginExtensions(twoByte);
        if (transportSequenceId != 0) {
            TransportSequence.write(
                    buffer, writer.extension(transportSequenceId, TransportSequence.LENGTH), transportSequence);
        }
        if (midId != 0) {
            writer.extension(midId, mid);
        }
        if (audioLevelId != 0 && audioLevel != MediaPacket.ABSENT) {
            buffer.put(writer.extension(audioLevelId, 1), (byte) audioLevel);
        }
        if (orientationId != 0 && orientation != MediaPacket.ABSENT) {
            buffer.put(writer.extension(orientationId, 1), (byte) orientation);
        }
        return writer.endExtensions().position();
    }
}
