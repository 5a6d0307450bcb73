package dev.parley.rtp.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A seeded mutation fuzzer: takes inputs from a kept corpus, changes them, and runs a target on them for a while.
 *
 * <p>System properties: {@code fuzz.seconds} (default 3) for each target, {@code fuzz.seed} (default 1). A target fails when it throws
 * anything but the allowed exception or takes more than five seconds for one input; the failure names the input in hexadecimal, to be
 * added to the corpus.
 */
public final class Fuzz {
    private static final long SLOW_NANOS = 5_000_000_000L;

    private Fuzz() {}

    /** What is fuzzed. */
    @FunctionalInterface
    public interface Target {
        /** Runs on an input the target owns. */
        void run(byte[] input) throws Exception;
    }

    /** Reads a corpus: a class path resource with one input a line in hexadecimal; blank lines and lines with # are read over. */
    public static List<byte[]> corpus(Class<?> anchor, String resource) {
        List<byte[]> inputs = new ArrayList<>();
        for (String line : text(anchor, resource).split("\n")) {
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                inputs.add(HexFormat.of().parseHex(stripped.replace(" ", "")));
            }
        }
        return inputs;
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
     * Runs a target over the corpus and its mutations.
     *
     * @param name printed with the number of inputs
     * @param allowed the one exception type the target may throw
     * @param corpus at least one input
     * @return how many inputs were run
     */
    public static long run(String name, Class<? extends Exception> allowed, List<byte[]> corpus, Target target) {
        return run(name, allowed, corpus, target, new Mutator(new Random(seed())));
    }

    /** Like {@link #run}, for text: whole lines are doubled, dropped and swapped too. */
    public static long runText(String name, Class<? extends Exception> allowed, List<byte[]> corpus, Target target) {
        return run(name, allowed, corpus, target, new LineMutator(new Random(seed())));
    }

    private static long run(
            String name, Class<? extends Exception> allowed, List<byte[]> corpus, Target target, Mutator mutator) {
        long budgetNanos = (long) (Double.parseDouble(System.getProperty("fuzz.seconds", "3")) * 1e9);
        long start = System.nanoTime();
        long inputs = 0;
        long refused = 0;
        for (byte[] input : corpus) {
            refused += runOne(name, allowed, target, input.clone()) ? 0 : 1;
            inputs++;
        }
        while (System.nanoTime() - start < budgetNanos) {
            for (int i = 0; i < 64; i++) {
                refused += runOne(name, allowed, target, mutator.next(corpus)) ? 0 : 1;
                inputs++;
            }
        }
        System.out.printf(
                "fuzz target=%s inputs=%d refused=%d seconds=%.1f seed=%d%n",
                name, inputs, refused, (System.nanoTime() - start) / 1e9, seed());
        return inputs;
    }

    private static boolean runOne(String name, Class<? extends Exception> allowed, Target target, byte[] input) {
        long start = System.nanoTime();
        boolean accepted = true;
        byte[] kept = input.clone();
        try {
            target.run(input);
        } catch (Throwable thrown) {
            if (!allowed.isInstance(thrown)) {
                throw new AssertionError(
                        name + " threw on " + HexFormat.of().formatHex(kept) + " (seed " + seed() + ")", thrown);
            }
            accepted = false;
        }
        if (System.nanoTime() - start > SLOW_NANOS) {
            throw new AssertionError(name + " was slow on " + HexFormat.of().formatHex(kept));
        }
        return accepted;
    }

    private static long seed() {
        return Long.getLong("fuzz.seed", 1);
    }
}
