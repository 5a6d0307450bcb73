package dev.parley.local.load;

import java.util.List;
import java.util.function.Function;

/** How every bench of this module begins and ends: what it is given, and its exit code. */
final class Bench {
    private static final int HELD = 0;
    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;
    private static final int MISSED = 3;

    private Bench() {}

    /** What measures. */
    @FunctionalInterface
    interface Measurement<A> {
        /** @return whether all targets were held */
        boolean run(A arguments) throws Exception;
    }

    /**
     * Runs it and ends the process, whatever threads its stores have left: with 0 when all targets were held, 3 when one was missed, 2 for
     * wrong arguments, 1 when nothing could be measured.
     *
     * @param parse throws IllegalArgumentException with what is wrong
     */
    static <A> void main(String[] given, String usage, Function<List<String>, A> parse, Measurement<A> measurement) {
        System.exit(code(List.of(given), usage, parse, measurement));
    }

    private static <A> int code(
            List<String> given, String usage, Function<List<String>, A> parse, Measurement<A> measurement) {
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(usage);
            return HELD;
        }
        A arguments;
        try {
            arguments = parse.apply(given);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + usage);
            return WRONG_ARGUMENTS;
        }
        try {
            return measurement.run(arguments) ? HELD : MISSED;
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED;
        }
    }
}
