package dev.parley.bench.stages;

import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.sfu.Codec;
import dev.parley.sfu.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** What the packets of these benchmarks look like: numbers as Chromium chooses them, 1200 bytes on the wire. */
final class Streams {
    static final int VP8 = 96;
    static final int VP8_RTX = 97;
    static final int OPUS = 111;
    static final long CAMERA_SSRC = 5000;
    static final long MICROPHONE_SSRC = 6000;
    static final int PAYLOAD_BYTES = 1156;
    static final int FRAME_PACKETS = 9;
    static final long FRAME_NANOS = 33_333_333L;
    static final int FRAME_TICKS = 3000;
    /** Room of a packet with its tag. */
    static final int SLOT_BYTES = 1536;

    static final List<PayloadFormat> FORMATS = List.of(
            new PayloadFormat(OPUS, Codec.OPUS, "", PayloadFormat.NO_RTX),
            new PayloadFormat(VP8, Codec.VP8, "", VP8_RTX));

    static final ExtensionIds EXTENSIONS = new ExtensionIds(Map.of(
            ExtensionUri.AUDIO_LEVEL, 1,
            ExtensionUri.ABS_SEND_TIME, 2,
            ExtensionUri.TRANSPORT_SEQUENCE, 3,
            ExtensionUri.MID, 4));

    private static final byte[] MID = TextValue.bytes("1");

    private Streams() {}

    /** Writes a packet with transport-wide number and section; answers its length. Its payload begins so many bytes before its end. */
    static int write(
            ByteBuffer buffer,
            int offset,
            RtpWriter writer,
            int payloadType,
            boolean marker,
            int sequence,
            long ticks,
            long ssrc,
            int payloadBytes) {
        writer.begin(buffer, offset, payloadType, marker, sequence & 0xFFFF, ticks & 0xFFFF_FFFFL, ssrc)
                .beginExtensions(false);
        buffer.putShort(writer.extension(EXTENSIONS.id(ExtensionUri.TRANSPORT_SEQUENCE), 2), (short) sequence);
        writer.extension(EXTENSIONS.id(ExtensionUri.MID), MID).endExtensions();
        return writer.length() + payloadBytes;
    }

    /** Writes the VP8 descriptor with a 15-bit picture id (RFC 7741) and the first byte of the frame. */
    static void vp8(ByteBuffer buffer, int at, boolean first, boolean key, int pictureId) {
        buffer.put(at, (byte) (0x80 | (first ? 0x10 : 0)));
        buffer.put(at + 1, (byte) 0x80);
        buffer.putShort(at + 2, (short) (0x8000 | pictureId & 0x7FFF));
        buffer.put(at + 4, (byte) (key ? 0 : 1));
    }
}
