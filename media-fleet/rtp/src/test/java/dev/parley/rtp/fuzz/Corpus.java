package dev.parley.rtp.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** The inputs of one target: its seeds, what earlier runs kept, and what this run found. */
final class Corpus {
    private static final int MOST_INPUTS = 20_000;
    private static final int MOST_KEPT = 200;
    private static final int MOST_KEPT_BYTES = 6 << 10;
    private static final String FOLDER = "fuzz/kept/";

    private final String name;
    private final List<byte[]> seeds;
    private final List<byte[]> inputs;
    private final Coverage coverage = new Coverage();
    private int kept;

    Corpus(String name, List<byte[]> seeds) {
        this.name = name;
        this.seeds = List.copyOf(seeds);
        inputs = new ArrayList<>(seeds);
        List<byte[]> earlier = parse(earlier(FOLDER + name + ".hex"));
        inputs.addAll(earlier);
        kept = earlier.size();
    }

    private static String earlier(String resource) {
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> parse(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> HexFormat.of().parseHex(line.replace(" ", "")))
                .toList();
    }

    List<byte[]> inputs() {
        return inputs;
    }

    int blocks() {
        return coverage.blocks();
    }

    int kept() {
        return kept;
    }

    /** What ran so far was not an input's doing. */
    void begin() {
        coverage.reset();
    }

    /** Whether the last input did something that none before it did. */
    boolean learns() {
        return coverage.take() > 0;
    }

    void add(byte[] input) {
        if (inputs.size() < MOST_INPUTS) {
            inputs.add(input);
        }
    }

    /** Writes down the inputs that do, one after the other from the shortest on, something that neither the seeds nor those before them do. */
    void keep(Consumer<byte[]> run) {
        Coverage all = new Coverage();
        seeds.forEach(run.andThen(_ -> all.take()));
        List<byte[]> shortestFirst = new ArrayList<>(inputs);
        shortestFirst.sort(
                Comparator.<byte[]>comparingInt(input -> input.length).thenComparing(Arrays::compare));
        List<String> lines = new ArrayList<>();
        int bytes = 0;
        for (byte[] input : shortestFirst) {
            run.accept(input);
            if (all.take() > 0 && lines.size() < MOST_KEPT && bytes + input.length <= MOST_KEPT_BYTES) {
                lines.add(HexFormat.of().formatHex(input));
                bytes += input.length;
            }
        }
        kept = lines.size();
        Path file = Path.of("src", "test", "resources").resolve(FOLDER + name + ".hex");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
