package dev.parley.local.gateway.stream;

import static dev.parley.local.gateway.stream.Records.batch;
import static dev.parley.local.gateway.stream.Records.number;
import static dev.parley.local.gateway.stream.Records.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.gateway.template.StreamSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DeliveryTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    private final List<List<Integer>> calls = new ArrayList<>();
    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> done = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    /** Records that fail, with how often still. */
    private final Map<Integer, Integer> failing = new HashMap<>();

    private static StreamSpec spec(boolean bisects, int retries, Optional<Duration> oldest) {
        OptionalInt limit = retries < 0 ? OptionalInt.empty() : OptionalInt.of(retries);
        return new StreamSpec(
                "Outbox", "Outbox", 10, true, true, bisects, limit, oldest, Optional.of("Letters"), List.of());
    }

    private Delivery delivery(StreamSpec spec) {
        return new Delivery(
                spec,
                this::call,
                record -> done.add(number(record)),
                (records, condition, tries, why) -> givenUp.add(condition + " " + numbers(records) + " after " + tries),
                pauses::add,
                () -> NOW);
    }

    /** Takes what does not fail, and names what does. */
    private BatchResult call(List<ObjectNode> records) {
        calls.add(numbers(records));
        var failed = new ArrayList<Integer>();
        for (int i = 0; i < records.size(); i++) {
            int number = number(records.get(i));
            if (failing.getOrDefault(number, 0) > 0) {
                failing.merge(number, -1, Integer::sum);
                failed.add(i);
            } else if (!taken.contains(number)) {
                taken.add(number);
            }
        }
        return failed.isEmpty() ? BatchResult.done() : BatchResult.failed(failed, "no");
    }

    @Test
    void aBatchThatIsTakenIsDoneWith() throws InterruptedException {
        delivery(spec(true, 3, Optional.empty())).deliver(batch(4));

        assertThat(calls).containsExactly(List.of(1, 2, 3, 4));
        assertThat(done).containsExactly(4);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatStandsBeforeAFailureIsNotHandedOverAgain() throws InterruptedException {
        failing.put(3, 1);

        delivery(spec(true, 3, Optional.empty())).deliver(batch(5));

        assertThat(calls).containsExactly(List.of(1, 2, 3, 4, 5), List.of(3, 4, 5));
        assertThat(done).containsExactly(2, 5);
    }

    @Test
    void aPoisonedRecordIsGivenUpAloneAndTheOthersAreTakenInOrder() throws InterruptedException {
        failing.put(6, Integer.MAX_VALUE);

        delivery(spec(true, 2, Optional.empty())).deliver(batch(9));

        assertThat(givenUp).containsExactly("RetryAttemptsExhausted [6] after 3");
        assertThat(done).isSorted().endsWith(9);
        assertThat(taken).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 7, 8, 9);
        Set<Integer> all = new HashSet<>(taken);
        all.add(6);
        assertThat(all).hasSize(9);
    }

    @Test
    void aConsumerThatFailsTwiceThenSucceedsLosesNothing() throws InterruptedException {
        failing.put(1, 2);

        delivery(spec(false, 5, Optional.empty())).deliver(batch(2));

        assertThat(calls).containsExactly(List.of(1, 2), List.of(1, 2), List.of(1, 2));
        assertThat(givenUp).isEmpty();
        assertThat(done).containsExactly(2);
        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void withoutHalvingTheRestOfTheBatchIsGivenUp() throws InterruptedException {
        failing.put(2, Integer.MAX_VALUE);

        delivery(spec(false, 1, Optional.empty())).deliver(batch(3));

        assertThat(givenUp).containsExactly("RetryAttemptsExhausted [2, 3] after 2");
        assertThat(done).containsExactly(1, 3);
    }

    @Test
    void whatFailsAndIsTooOldIsGivenUpAtOnce() throws InterruptedException {
        failing.put(1, Integer.MAX_VALUE);

        delivery(spec(true, -1, Optional.of(Duration.ofMinutes(5)))).deliver(batch(1));

        assertThat(givenUp).containsExactly("RecordAgeExceeded [1] after 1");
    }

    @Test
    void aCallThatWasPutOffIsNoTry() throws InterruptedException {
        List<BatchResult> answers = new ArrayList<>(
                List.of(BatchResult.putOff(1, "busy"), BatchResult.putOff(1, "busy"), BatchResult.done()));
        new Delivery(
                        spec(true, 0, Optional.empty()),
                        records -> answers.removeFirst(),
                        record -> done.add(number(record)),
                        (records, condition, tries, why) -> givenUp.add(condition),
                        pauses::add,
                        () -> NOW)
                .deliver(batch(1));

        assertThat(givenUp).isEmpty();
        assertThat(done).containsExactly(1);
    }

    @Test
    void aStopBetweenTriesLeavesTheRestUndone() {
        failing.put(2, Integer.MAX_VALUE);
        Delivery stopped = new Delivery(
                spec(true, 9, Optional.empty()),
                this::call,
                record -> done.add(number(record)),
                (records, condition, tries, why) -> givenUp.add(condition),
                time -> {
                    throw new InterruptedException("stop");
                },
                () -> NOW);

        assertThatThrownBy(() -> stopped.deliver(batch(3))).isInstanceOf(InterruptedException.class);
        assertThat(done).containsExactly(1);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void pausesDoubleUpToALimit() {
        assertThat(Delivery.backoff(1)).isEqualTo(Delivery.FIRST_PAUSE);
        assertThat(Delivery.backoff(4)).isEqualTo(Duration.ofMillis(1_600));
        assertThat(Delivery.backoff(5)).isEqualTo(Delivery.LONGEST_PAUSE);
        assertThat(Delivery.backoff(5_000)).isEqualTo(Delivery.LONGEST_PAUSE);
    }
}
