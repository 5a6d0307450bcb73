package dev.parley.peer.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Makes what demo people send, once, into a folder: three layers of VP8 (rids q, h, f) and an Opus track for each person,
 * one file each, named by everything that went into it. A loop of ten seconds; people take turns to speak.
 */
public final class DemoMedia {
    /** Simulcast layers, smallest first. */
    public static final List<String> RIDS = List.of("q", "h", "f");

    private static final int VERSION = 1;
    private static final int FRAMES_PER_SECOND = 25;
    private static final int LOOP_SECONDS = 10;
    private static final int KEY_EVERY = 15;
    private static final int VIDEO_CLOCK = 90_000;
    private static final int[] WIDTHS = {320, 640, 1280};
    private static final int[] HEIGHTS = {180, 360, 720};
    private static final int[] BITRATES_BPS = {120_000, 350_000, 1_100_000};

    /**
     * What one person sends.
     *
     * @param layers the video layers in the order of {@link #RIDS}
     * @param voice the sound
     */
    public record Person(String name, List<MediaFile> layers, MediaFile voice) {
        /** Keeps a copy of the list. */
        public Person {
            layers = List.copyOf(layers);
        }
    }

    private DemoMedia() {}

    /**
     * The media of these people, from the folder or made now.
     *
     * @param progress told in a sentence what is being made
     * @throws IOException when the folder cannot be read or written
     */
    public static List<Person> of(Path folder, List<String> names, Consumer<String> progress) throws IOException {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            people.add(of(folder, names, i, progress));
        }
        return people;
    }

    /**
     * The media of one of these people, from the folder or made now; who else is there decides whose turn it is to speak.
     *
     * @param progress told in a sentence what is being made
     * @throws IOException when the folder cannot be read or written
     */
    public static Person of(Path folder, List<String> names, int index, Consumer<String> progress) throws IOException {
        Files.createDirectories(folder);
        String name = names.get(index);
        int count = names.size();
        String stem = stem(name, index, count);
        List<Path> layers = RIDS.stream()
                .map(rid -> folder.resolve(stem + "-" + rid + ".vp8"))
                .toList();
        Path voice = folder.resolve(stem + "-voice.opus");
        boolean made = Files.exists(voice) && layers.stream().allMatch(Files::exists);
        if (!made) {
            av_log_set_level(AV_LOG_ERROR);
            progress.accept("making the picture and voice of " + name + " (" + (index + 1) + " of " + count + ")");
            make(name, index, count, layers, voice);
        }
        List<MediaFile> read = new ArrayList<>();
        for (Path layer : layers) {
            read.add(MediaFile.read(layer));
        }
        return new Person(name, read, MediaFile.read(voice));
    }

    private static String stem(String name, int index, int count) {
        CRC32C key = new CRC32C();
        String content = VERSION + "|" + name + "|" + index + "|" + count;
        key.update(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
        return plain + "-" + HexFormat.of().toHexDigits((int) key.getValue());
    }

    private static void make(String name, int index, int count, List<Path> layers, Path voice) throws IOException {
        double turn = (double) LOOP_SECONDS / count;
        short[] samples = new Voice(index).speak(LOOP_SECONDS, index * turn, (index + 1) * turn);
        try (OpusEncoder encoder = new OpusEncoder()) {
            List<MediaFile.Frame> frames = encoder.encode(samples);
            new MediaFile(MediaFile.Codec.OPUS, 0, 0, Voice.SAMPLE_RATE, OpusEncoder.FRAME_SAMPLES, frames)
                    .write(voice);
        }
        List<List<MediaFile.Frame>> encoded = film(name, index, samples);
        for (int i = 0; i < layers.size(); i++) {
            new MediaFile(
                            MediaFile.Codec.VP8,
                            WIDTHS[i],
                            HEIGHTS[i],
                            VIDEO_CLOCK,
                            VIDEO_CLOCK / FRAMES_PER_SECOND,
                            encoded.get(i))
                    .write(layers.get(i));
        }
    }

    private static List<List<MediaFile.Frame>> film(String name, int index, short[] samples) {
        int total = LOOP_SECONDS * FRAMES_PER_SECOND;
        List<Picture> pictures = new ArrayList<>();
        List<Vp8Encoder> encoders = new ArrayList<>();
        List<List<MediaFile.Frame>> encoded = new ArrayList<>();
        for (int i = 0; i < WIDTHS.length; i++) {
            pictures.add(Picture.of(WIDTHS[i], HEIGHTS[i]));
            encoders.add(new Vp8Encoder(WIDTHS[i], HEIGHTS[i], FRAMES_PER_SECOND, BITRATES_BPS[i]));
            encoded.add(new ArrayList<>());
        }
        Portrait portrait = new Portrait(name, index, WIDTHS[2], HEIGHTS[2]);
        double loudness = 0;
        try {
            for (int n = 0; n < total; n++) {
                loudness = Math.max(loudness(samples, n), loudness * 0.8);
                String clock = String.format(Locale.ROOT, "%04.1f", (double) n / FRAMES_PER_SECOND);
                pictures.get(2).fromRgb(portrait.paint((double) n / total, loudness, clock));
                pictures.get(1).fromDouble(pictures.get(2));
                pictures.get(0).fromDouble(pictures.get(1));
                for (int i = 0; i < WIDTHS.length; i++) {
                    encode(encoders.get(i), pictures.get(i), n % KEY_EVERY == 0, encoded.get(i));
                }
            }
        } finally {
            encoders.forEach(Vp8Encoder::close);
        }
        return encoded;
    }

    /** A picture that rate control would drop is encoded again as a key frame, so that every layer has every frame. */
    private static void encode(Vp8Encoder encoder, Picture picture, boolean key, List<MediaFile.Frame> into) {
        into.add(encoder.encode(picture, key)
                .or(() -> encoder.encode(picture, true))
                .orElseThrow(() -> new IllegalStateException("libvpx dropped a key frame")));
    }

    private static double loudness(short[] samples, int frame) {
        int perFrame = samples.length / (LOOP_SECONDS * FRAMES_PER_SECOND);
        double energy = 0;
        for (int i = frame * perFrame; i < (frame + 1) * perFrame; i++) {
            double sample = samples[i] / 32768.0;
            energy += sample * sample;
        }
        return Math.min(1, Math.sqrt(energy / perFrame) * 9);
    }
}
