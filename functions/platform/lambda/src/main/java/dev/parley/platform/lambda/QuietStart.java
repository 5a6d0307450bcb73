package dev.parley.platform.lambda;

import java.io.PrintStream;

/** Keeps Spring Cloud Function's "SOURCE" lines off the standard output while it starts. Everything else passes. */
final class QuietStart {
    private static final String NOISE = "======> SOURCE";

    private final PrintStream before;
    private final PrintStream filter;

    private QuietStart(PrintStream before) {
        this.before = before;
        this.filter = new PrintStream(before, true) {
            @Override
            public void println(String line) {
                if (line == null || !line.startsWith(NOISE)) {
                    before.println(line);
                }
            }
        };
    }

    static QuietStart begin() {
        QuietStart quiet = new QuietStart(System.out);
        System.setOut(quiet.filter);
        return quiet;
    }

    /** Puts the output back, unless somebody else replaced it meanwhile: then the filter stays below theirs and only passes lines on. */
    void end() {
        if (System.out == filter) {
            System.setOut(before);
        }
    }
}
