package dev.parley.peer.media;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoded frames of one loop, in a file of our own:
 *
 * <pre>
 * 8 bytes  "PARLEYM1"
 * int      codec: 0 = VP8, 1 = Opus
 * int      width, 0 for audio
 * int      height, 0 for audio
 * int      clock rate in Hz: 90000 or 48000
 * int      clock ticks from frame to frame
 * int      number of frames, then for each:
 *            byte  1 = key frame (audio: always 1)
 *            byte  audio level in -dBov, 0 loudest, 127 silence (video: 127)
 *            int   length, then that many bytes
 * </pre>
 *
 * All numbers are big-endian.
 */
public record MediaFile(Codec codec, int width, int height, int clockRate, int ticksPerFrame, List<Frame> frames) {
    private static final byte[] MAGIC = "PARLEYM1".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_FRAMES = 100_000;
    private static final int LARGEST_FRAME = 4 << 20;

    /** What the frames are encoded with. */
    public enum Codec {
        VP8,
        OPUS
    }

    /** One encoded frame; the array is shared and must not be changed. */
    public record Frame(boolean key, int level, byte[] data) {}

    /** Keeps a copy of the list. */
    public MediaFile {
        frames = List.copyOf(frames);
    }

    /** Nanoseconds from frame to frame. */
    public long frameNanos() {
        return ticksPerFrame * 1_000_000_000L / clockRate;
    }

    /** Nanoseconds of one loop. */
    public long loopNanos() {
        return frameNanos() * frames.size();
    }

    /** The first key frame at or behind {@code index}, going round. */
    public int keyFrameFrom(int index) {
        for (int i = 0; i < frames.size(); i++) {
            int candidate = (index + i) % frames.size();
            if (frames.get(candidate).key()) {
                return candidate;
            }
        }
        return 0;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or is not such a file
     */
    public static MediaFile read(Path path) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            if (!java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException(path + " is not a media file");
            }
            int codec = in.readInt();
            int width = in.readInt();
            int height = in.readInt();
            int clockRate = in.readInt();
            int ticks = in.readInt();
            int count = in.readInt();
            if (codec < 0 || codec > 1 || clockRate <= 0 || ticks <= 0 || count <= 0 || count > MOST_FRAMES) {
                throw new IOException(path + " has a header that makes no sense");
            }
            List<Frame> frames = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                boolean key = in.readByte() == 1;
                int level = in.readUnsignedByte();
                int length = in.readInt();
                if (length <= 0 || length > LARGEST_FRAME) {
                    throw new IOException(path + ": frame " + i + " of " + length + " bytes");
                }
                byte[] data = new byte[length];
                in.readFully(data);
                frames.add(new Frame(key, level, data));
            }
            return new MediaFile(Codec.values()[codec], width, height, clockRate, ticks, frames);
        }
    }

    /** Writes the file whole or not at all. */
    public void write(Path path) throws IOException {
        Path part = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            out.write(MAGIC);
            out.writeInt(codec.ordinal());
            out.writeInt(width);
            out.writeInt(height);
            out.writeInt(clockRate);
            out.writeInt(ticksPerFrame);
            out.writeInt(frames.size());
            for (Frame frame : frames) {
                out.writeByte(frame.key ? 1 : 0);
                out.writeByte(frame.level);
                out.writeInt(frame.data.length);
                out.write(frame.data);
            }
        }
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
