package dev.parley.node.negotiation;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws the SSRCs of one transport: random, none twice, none that the offer uses. */
final class Ssrcs {
    private final RandomGenerator random;
    private final Set<Long> taken;

    Ssrcs(RandomGenerator random, Set<Long> taken) {
        this.random = random;
        this.taken = new HashSet<>(taken);
        this.taken.add(0L);
    }

    long next() {
        long ssrc;
        do {
            ssrc = random.nextInt() & 0xFFFF_FFFFL;
        } while (!taken.add(ssrc));
        return ssrc;
    }
}
