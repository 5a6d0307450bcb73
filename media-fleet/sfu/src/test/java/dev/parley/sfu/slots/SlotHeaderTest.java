package dev.parley.sfu.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.tracks.MediaPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A slot's header is what {@link RtpWriter} would write, whichever way it takes. */
class SlotHeaderTest {
    private static final List<ExtensionUri> OURS = List.of(
            ExtensionUri.TRANSPORT_SEQUENCE,
            ExtensionUri.MID,
            ExtensionUri.AUDIO_LEVEL,
            ExtensionUri.VIDEO_ORIENTATION);

    @Test
    void writesWhatTheWriterWrites() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Map<ExtensionUri, Integer> ids = new EnumMap<>(ExtensionUri.class);
            int largest = random.nextInt(6) == 0 ? 40 : 14;
            for (ExtensionUri uri : OURS) {
                if (random.nextInt(4) > 0) {
                    ids.put(uri, 1 + (ids.size() * 7 + random.nextInt(3)) % largest);
                }
            }
            if (ids.values().stream().distinct().count() < ids.size()) {
                continue;
            }
            String mid = "slot-number-12".substring(0, 1 + random.nextInt(14));
            compare(ids, mid, random);
        }
    }

    private static void compare(Map<ExtensionUri, Integer> ids, String mid, Random random) {
        SlotHeader header = new SlotHeader(new ExtensionIds(ids), new ReceiveSlot(true, mid, 7001, 7002, ids.keySet()));
        int pt = random.nextInt(128);
        boolean marker = random.nextBoolean();
        int sequence = random.nextInt(0x10000);
        long timestamp = random.nextLong() & 0xFFFF_FFFFL;
        long ssrc = random.nextLong() & 0xFFFF_FFFFL;
        long csrc = random.nextLong() & 0xFFFF_FFFFL;
        int number = random.nextInt(0x10000);
        int level = random.nextInt(3) == 0 ? MediaPacket.ABSENT : random.nextInt(256);
        int orientation = random.nextInt(3) == 0 ? MediaPacket.ABSENT : random.nextInt(256);

        byte[] expected = new byte[200];
        ByteBuffer buffer = ByteBuffer.wrap(expected);
        RtpWriter writer = new RtpWriter().begin(buffer, 5, pt, marker, sequence, timestamp, ssrc);
        writer.csrc(csrc).beginExtensions(ids.values().stream().anyMatch(id -> id > 14));
        if (ids.containsKey(ExtensionUri.TRANSPORT_SEQUENCE)) {
            buffer.putShort(writer.extension(ids.get(ExtensionUri.TRANSPORT_SEQUENCE), 2), (short) number);
        }
        if (ids.containsKey(ExtensionUri.MID)) {
            writer.extension(ids.get(ExtensionUri.MID), TextValue.bytes(mid));
        }
        if (ids.containsKey(ExtensionUri.AUDIO_LEVEL) && level != MediaPacket.ABSENT) {
            buffer.put(writer.extension(ids.get(ExtensionUri.AUDIO_LEVEL), 1), (byte) level);
        }
        if (ids.containsKey(ExtensionUri.VIDEO_ORIENTATION) && orientation != MediaPacket.ABSENT) {
            buffer.put(writer.extension(ids.get(ExtensionUri.VIDEO_ORIENTATION), 1), (byte) orientation);
        }
        writer.endExtensions();

        byte[] written = new byte[200];
        int end = header.write(
                ByteBuffer.wrap(written), 5, pt, marker, sequence, timestamp, ssrc, csrc, number, level, orientation);
        assertThat(end).as("%s, MID %s", ids, mid).isEqualTo(writer.position());
        assertThat(Arrays.copyOf(written, end)).as("%s, MID %s", ids, mid).isEqualTo(Arrays.copyOf(expected, end));
    }
}
