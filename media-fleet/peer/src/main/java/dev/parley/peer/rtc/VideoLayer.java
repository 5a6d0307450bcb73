package dev.parley.peer.rtc;

import dev.parley.peer.media.MediaFile;

/**
 * Plays one VP8 layer in its loop: the frame at any moment follows from the time of day, so that layers, voice and people
 * stay together. Asked for a key frame, it jumps ahead to the file's next one at once, and falls back into step when the
 * loop itself reaches a key frame.
 */
final class VideoLayer {
    private static final int MAX_PAYLOAD = 1100;
    private static final int DESCRIPTOR = 6;

    private final MediaFile file;
    private final OutgoingStream stream;
    private final byte[] payload = new byte[DESCRIPTOR + MAX_PAYLOAD];
    private long last = Long.MIN_VALUE;
    private int ahead;
    private boolean keyWanted = true;
    private boolean active = true;
    private int pictureId;
    private int zeroLayerIndex;
    private long frames;
    private long keyFrames;

    VideoLayer(MediaFile file, OutgoingStream stream) {
        this.file = file;
        this.stream = stream;
    }

    OutgoingStream stream() {
        return stream;
    }

    long frames() {
        return frames;
    }

    long keyFrames() {
        return keyFrames;
    }

    boolean isActive() {
        return active;
    }

    void active(boolean wanted) {
        keyWanted |= wanted && !active;
        active = wanted;
    }

    void wantKeyFrame() {
        keyWanted = true;
    }

    /** Sends the frame of this moment, unless it has been sent; the time of the next one. */
    long play(long epochNanos) {
        long number = epochNanos / file.frameNanos();
        if (number != last) {
            keyWanted |= last != Long.MIN_VALUE && number != last + 1;
            last = number;
            if (active) {
                send(number);
            }
        }
        return (number + 1) * file.frameNanos();
    }

    private void send(long number) {
        int count = file.frames().size();
        int inStep = (int) (number % count);
        if (file.frames().get(inStep).key()) {
            ahead = 0;
        } else if (keyWanted) {
            ahead = Math.floorMod(file.keyFrameFrom((inStep + ahead) % count) - inStep, count);
        }
        MediaFile.Frame frame = file.frames().get((inStep + ahead) % count);
        keyWanted &= !frame.key();
        frames++;
        keyFrames += frame.key() ? 1 : 0;
        packetise(frame.data(), number * file.ticksPerFrame());
    }

    /** RFC 7741: packets of equal size, as far as they go, each with picture id and the base layer's index. */
    private void packetise(byte[] data, long ticks) {
        int packets = (data.length + MAX_PAYLOAD - 1) / MAX_PAYLOAD;
        int at = 0;
        for (int i = 0; i < packets; i++) {
            int length = (data.length - at) / (packets - i);
            payload[0] = (byte) (0x80 | (i == 0 ? 0x10 : 0));
            payload[1] = (byte) 0xE0;
            payload[2] = (byte) (0x80 | pictureId >> 8);
            payload[3] = (byte) pictureId;
            payload[4] = (byte) zeroLayerIndex;
            payload[5] = 0;
            System.arraycopy(data, at, payload, DESCRIPTOR, length);
            at += length;
            stream.send(payload, 0, DESCRIPTOR + length, ticks, i == packets - 1, OutgoingStream.NO_LEVEL);
        }
        pictureId = (pictureId + 1) & 0x7FFF;
        zeroLayerIndex = (zeroLayerIndex + 1) & 0xFF;
    }
}
