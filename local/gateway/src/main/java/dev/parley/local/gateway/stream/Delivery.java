package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.template.StreamSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands over the records of one shard: in order, again after a failure and a pause that doubles, until each is done with or given up.
 * What stands before the first failure is done with. What is left of a batch that fails is halved, when the mapping says so, until the
 * failure is alone; halving is no try. A record that has failed as often as the mapping allows becomes a dead letter, and the next ones
 * go on. With a mapping that does not halve, what is left of the batch becomes one.
 */
final class Delivery {
    static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Waits between tries. @throws InterruptedException when the mapping is to stop */
    @FunctionalInterface
    interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    /** Takes what was given up. */
    @FunctionalInterface
    interface GivenUp {
        void take(List<ObjectNode> records, String condition, int tries, String why);
    }

    private record Part(List<ObjectNode> records, int tries) {}

    private final StreamSpec spec;
    private final Function<List<ObjectNode>, BatchResult> call;
    private final Consumer<ObjectNode> done;
    private final GivenUp givenUp;
    private final Pause pause;
    private final InstantSource clock;

    /**
     * @param call hands a batch to the function
     * @param done is told the last record of every part that is done with, in order
     */
    Delivery(
            StreamSpec spec,
            Function<List<ObjectNode>, BatchResult> call,
            Consumer<ObjectNode> done,
            GivenUp givenUp,
            Pause pause,
            InstantSource clock) {
        this.spec = spec;
        this.call = call;
        this.done = done;
        this.givenUp = givenUp;
        this.pause = pause;
        this.clock = clock;
    }

    /** Returns when every record is done with or given up. @throws InterruptedException when the mapping is to stop before that */
    void deliver(List<ObjectNode> batch) throws InterruptedException {
        Deque<Part> open = new ArrayDeque<>();
        open.push(new Part(batch, 0));
        while (!open.isEmpty()) {
            Part part = open.pop();
            BatchResult result = call.apply(part.records());
            if (result.isDone()) {
                done.accept(part.records().getLast());
                continue;
            }
            int first = result.failed().first();
            if (first > 0) {
                done.accept(part.records().get(first - 1));
            }
            goOn(new Part(part.records().subList(first, part.records().size()), part.tries()), first, result, open);
        }
    }

    private void goOn(Part rest, int before, BatchResult result, Deque<Part> open) throws InterruptedException {
        int size = rest.records().size();
        if (!result.counts()) {
            pause.take(FIRST_PAUSE);
            open.push(rest);
        } else if (spec.bisects() && size > 1) {
            pause.take(FIRST_PAUSE);
            // What stood before the failure is split off already; otherwise the failure is in one half or the other.
            int middle = before > 0 ? size : size / 2;
            if (middle < size) {
                open.push(new Part(rest.records().subList(middle, size), rest.tries()));
            }
            open.push(new Part(rest.records().subList(0, middle), rest.tries()));
        } else {
            tryAgain(new Part(rest.records(), rest.tries() + 1), result, open);
        }
    }

    private void tryAgain(Part part, BatchResult result, Deque<Part> open) throws InterruptedException {
        boolean exhausted =
                spec.retries().isPresent() && part.tries() > spec.retries().getAsInt();
        if (exhausted || tooOld(part)) {
            String condition = exhausted ? "RetryAttemptsExhausted" : "RecordAgeExceeded";
            givenUp.take(part.records(), condition, part.tries(), result.why());
            done.accept(part.records().getLast());
            return;
        }
        pause.take(backoff(part.tries()));
        open.push(part);
    }

    private boolean tooOld(Part part) {
        Instant written = Instant.ofEpochSecond(part.records()
                .getFirst()
                .path("dynamodb")
                .path("ApproximateCreationDateTime")
                .asLong());
        return spec.oldest()
                .filter(age -> written.plus(age).isBefore(clock.instant()))
                .isPresent();
    }

    static Duration backoff(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 16));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
