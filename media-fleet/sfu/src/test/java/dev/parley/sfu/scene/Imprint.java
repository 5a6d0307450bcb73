package dev.parley.sfu.scene;

import java.nio.ByteBuffer;

/**
 * What a test's packet says about itself, at the end of its payload, so that whoever gets it knows where it came from.
 *
 * @param publisher number of the publisher
 * @param layer position among the layers of its track; 100 for audio
 * @param sequence its sequence number when sent, unwrapped
 * @param timestamp its timestamp when sent
 * @param pictureId its picture id when sent
 * @param tl0 its TL0PICIDX when sent
 * @param keyStart whether a key frame begins with it
 */
public record Imprint(
        long publisher, int layer, long sequence, long timestamp, int pictureId, int tl0, boolean keyStart) {
    public static final int BYTES = 8 + 4 + 8 + 8 + 4 + 4 + 1;

    void write(ByteBuffer buffer, int at) {
        buffer.putLong(at, publisher);
        buffer.putInt(at + 8, layer);
        buffer.putLong(at + 12, sequence);
        buffer.putLong(at + 20, timestamp);
        buffer.putInt(at + 28, pictureId);
        buffer.putInt(at + 32, tl0);
        buffer.put(at + 36, (byte) (keyStart ? 1 : 0));
    }

    public static Imprint read(ByteBuffer buffer, int payloadEnd) {
        int at = payloadEnd - BYTES;
        return new Imprint(
                buffer.getLong(at),
                buffer.getInt(at + 8),
                buffer.getLong(at + 12),
                buffer.getLong(at + 20),
                buffer.getInt(at + 28),
                buffer.getInt(at + 32),
                buffer.get(at + 36) == 1);
    }
}
