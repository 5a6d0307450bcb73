package dev.parley.rtp.fuzz;

import java.util.Arrays;

/**
 * What the code under test did for one input. Probes that {@link CoverageAgent} puts at the beginning of every run of instructions without a branch
 * count here; a probe together with how often it was passed (once, twice, three times, up to seven, ...) is a feature. One input at a time.
 */
public final class Coverage {
    private static final int PROBES = 1 << 18;

    private static final int[] COUNTS = new int[PROBES];
    private static final int[] TOUCHED = new int[PROBES];
    private static int touched;

    private final int[] seen = new int[PROBES];
    private int features;
    private int blocks;

    /** A probe was passed. Called by instrumented code. */
    public static void hit(int probe) {
        if (COUNTS[probe]++ == 0 && touched < PROBES) {
            TOUCHED[touched++] = probe;
        }
    }

    /** Forgets what ran since the last input. */
    static void clear() {
        for (int i = 0; i < touched; i++) {
            COUNTS[TOUCHED[i]] = 0;
        }
        touched = 0;
    }

    /** Adds what the last input did; answers how many features of it were new. Clears. */
    int take() {
        int before = features;
        for (int i = 0; i < touched; i++) {
            int probe = TOUCHED[i];
            int bit = 1 << Math.min(7, 32 - Integer.numberOfLeadingZeros(COUNTS[probe]));
            COUNTS[probe] = 0;
            if ((seen[probe] & bit) == 0) {
                blocks += seen[probe] == 0 ? 1 : 0;
                seen[probe] |= bit;
                features++;
            }
        }
        touched = 0;
        return features - before;
    }

    /** How many probes were ever passed. */
    int blocks() {
        return blocks;
    }

    /** How many probes there can be; later ones are not placed. */
    static int capacity() {
        return PROBES;
    }

    /** Starts over. */
    void reset() {
        Arrays.fill(seen, 0);
        features = 0;
        blocks = 0;
        clear();
    }
}
