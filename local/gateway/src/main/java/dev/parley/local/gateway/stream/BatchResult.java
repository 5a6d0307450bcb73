package dev.parley.local.gateway.stream;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What became of a batch.
 *
 * @param failed places of the records that failed; empty when all are done with
 * @param why of a failure, for people
 * @param counts whether this was a try: a call that was put off is none
 */
public record BatchResult(SortedSet<Integer> failed, String why, boolean counts) {
    static BatchResult done() {
        return new BatchResult(new TreeSet<>(), "", true);
    }

    static BatchResult failed(List<Integer> places, String why) {
        return new BatchResult(new TreeSet<>(places), why, true);
    }

    static BatchResult failedWhole(int size, String why) {
        return failed(IntStream.range(0, size).boxed().toList(), why);
    }

    static BatchResult putOff(int size, String why) {
        return new BatchResult(failedWhole(size, why).failed(), why, false);
    }

    boolean isDone() {
        return failed.isEmpty();
    }
}
