package dev.parley.rtp.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A seeded mutation fuzzer: takes inputs from a kept corpus, changes them, and runs a target on them for a while. With {@link CoverageAgent} running, an
 * input that does something new joins the corpus of the run, and the shortest inputs that do all of it can be written down as the corpus to keep.
 *
 * <p>System properties:
 *
 * <ul>
 *   <li>{@code fuzz.seconds} (default 3) for each target, or {@code fuzz.inputs}, a number of inputs for each target;
 *   <li>{@code fuzz.seed} (default 1);
 *   <li>{@code fuzz.keep}: {@code true} writes the kept corpus below the module's test resources.
 * </ul>
 *
 * <p>A target fails when it throws anything but the allowed exception or takes more than five seconds for one input; the failure names the input in
 * hexadecimal, to be added to the corpus.
 */
public final class Fuzz {
    private static final long SLOW_NANOS = 5_000_000_000L;
    private static final int BETWEEN_CLOCKS = 64;

    private final String name;
    private final Class<? extends Exception> allowed;
    private final Target target;
    private final Corpus corpus;
    private final Mutator mutator;
    private final boolean covered = CoverageAgent.start();
    private long inputs;
    private long refused;

    private Fuzz(String name, Class<? extends Exception> allowed, List<byte[]> seeds, Target target, Mutator mutator) {
        this.name = name;
        this.allowed = allowed;
        this.target = target;
        this.mutator = mutator;
        corpus = new Corpus(name, seeds);
    }

    /** What is fuzzed. */
    @FunctionalInterface
    public interface Target {
        /** Runs on an input the target owns. */
        void run(byte[] input) throws Exception;
    }

    /** Reads a corpus: a class path resource with one input a line in hexadecimal; blank lines and lines with # are read over. */
    public static List<byte[]> corpus(Class<?> anchor, String resource) {
        return Corpus.parse(text(anchor, resource));
    }

    /** Reads a class path resource as text. */
    public static String text(Class<?> anchor, String resource) {
        try (InputStream stream = anchor.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Short offers, one for each media section of {@code /fuzz/offer.sdp}: a browser's whole offer takes the time of a hundred of them.
     *
     * @param withData whether the data channel's section follows in each
     */
    public static List<byte[]> offers(boolean withData) {
        String[] sections = text(Fuzz.class, "/fuzz/offer.sdp").split("(?=m=)");
        String last = withData ? sections[sections.length - 1] : "";
        return Arrays.stream(sections, 1, sections.length - (withData ? 1 : 0))
                .map(section -> (sections[0] + section + last).getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /**
     * Runs a target over the corpus and its mutations.
     *
     * @param name printed with the number of inputs; also the name of the kept corpus
     * @param allowed the one exception type the target may throw
     * @param seeds at least one input; what was kept of earlier runs is added
     * @return how many inputs were run
     */
    public static long run(String name, Class<? extends Exception> allowed, List<byte[]> seeds, Target target) {
        return new Fuzz(name, allowed, seeds, target, new Mutator(new Random(seed()))).run();
    }

    /** Like {@link #run}, for text: whole lines are doubled, dropped and swapped too. */
    public static long runText(String name, Class<? extends Exception> allowed, List<byte[]> seeds, Target target) {
        return new Fuzz(name, allowed, seeds, target, new LineMutator(new Random(seed()))).run();
    }

    /** Like {@link #run}, for JSON: values take each other's places. */
    public static long runJson(String name, Class<? extends Exception> allowed, List<byte[]> seeds, Target target) {
        return new Fuzz(name, allowed, seeds, target, new JsonMutator(new Random(seed()))).run();
    }

    private long run() {
        long start = System.nanoTime();
        for (byte[] input : List.copyOf(corpus.inputs())) {
            runOne(input);
        }
        corpus.begin();
        corpus.inputs().forEach(this::runOne);
        while (!isEnough(start)) {
            for (int i = 0; i < BETWEEN_CLOCKS; i++) {
                byte[] input = mutator.next(corpus.inputs());
                runOne(input);
                if (covered && corpus.learns()) {
                    corpus.add(input);
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (covered && Boolean.getBoolean("fuzz.keep")) {
            corpus.keep(this::runOne);
        }
        System.out.printf(
                "fuzz target=%s inputs=%d refused=%d seconds=%.1f seed=%d corpus=%d blocks=%d kept=%d%n",
                name, inputs, refused, seconds, seed(), corpus.inputs().size(), corpus.blocks(), corpus.kept());
        return inputs;
    }

    private boolean isEnough(long startNanos) {
        Long wanted = Long.getLong("fuzz.inputs");
        return wanted != null
                ? inputs >= wanted
                : System.nanoTime() - startNanos
                        >= (long) (Double.parseDouble(System.getProperty("fuzz.seconds", "3")) * 1e9);
    }

    private void runOne(byte[] input) {
        long start = System.nanoTime();
        inputs++;
        Coverage.clear();
        try {
            target.run(input.clone());
        } catch (Throwable thrown) {
            if (!allowed.isInstance(thrown)) {
                throw new AssertionError(
                        name + " threw on " + HexFormat.of().formatHex(input) + " (seed " + seed() + ", input " + inputs
                                + ")",
                        thrown);
            }
            refused++;
        }
        if (System.nanoTime() - start > SLOW_NANOS) {
            throw new AssertionError(name + " was slow on " + HexFormat.of().formatHex(input));
        }
    }

    private static long seed() {
        return Long.getLong("fuzz.seed", 1);
    }
}
