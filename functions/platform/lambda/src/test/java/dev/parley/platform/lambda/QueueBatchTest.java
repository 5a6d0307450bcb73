package dev.parley.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.Errors;
import dev.parley.kernel.HandMovedClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QueueBatchTest {
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final JsonLog log =
            new JsonLog("test", new HandMovedClock(), new PrintStream(logged, true, StandardCharsets.UTF_8));
    private final Queue<QueueMessage> taken = new ConcurrentLinkedQueue<>();
    private Set<String> putOff = Set.of();
    private Set<String> failing = Set.of();
    private final EventRouter router = EventRouter.builder(log)
            .queue(message -> {
                if (failing.contains(message.id())) {
                    throw Errors.STORE_UNAVAILABLE.exception();
                }
                if (putOff.contains(message.id())) {
                    return false;
                }
                taken.add(message);
                return true;
            })
            .build();

    private static String message(String id, String group) {
        return """
            {"messageId":"%1$s","receiptHandle":"r-%1$s","body":"body of %1$s","attributes":
              {"ApproximateReceiveCount":"3","SentTimestamp":"1793614530250"%2$s},
             "eventSource":"aws:sqs"}
            """.formatted(id, group.isEmpty() ? "" : ",\"MessageGroupId\":\"" + group + "\"");
    }

    private List<String> failuresOf(String... messages) {
        byte[] batch = ("{\"Records\":[" + String.join(",", messages) + "]}").getBytes(StandardCharsets.UTF_8);
        JsonNode reply = GoldenEvents.tree(router.handle(batch));
        return reply.path("batchItemFailures")
                .valueStream()
                .map(failure -> failure.path("itemIdentifier").asString())
                .toList();
    }

    @Test
    void aMessageIsReadWhole() {
        assertThat(failuresOf(message("m1", "a"))).isEmpty();
        assertThat(taken)
                .containsExactly(new QueueMessage(
                        "m1", "r-m1", "body of m1", Optional.of("a"), 3, Instant.ofEpochMilli(1_793_614_530_250L)));
    }

    @Test
    void behindAFailureItsGroupWaitsAndOthersDoNot() {
        failing = Set.of("a2");
        putOff = Set.of("b1");
        assertThat(failuresOf(
                        message("a1", "a"),
                        message("b1", "b"),
                        message("a2", "a"),
                        message("b2", "b"),
                        message("a3", "a"),
                        message("c1", "c"),
                        message("x1", ""),
                        message("x2", "")))
                .containsExactlyInAnyOrder("a2", "a3", "b1", "b2");
        assertThat(taken).extracting(QueueMessage::id).containsExactlyInAnyOrder("a1", "c1", "x1", "x2");
    }

    @Test
    void groupsGoOnBesideEachOther() {
        CyclicBarrier together = new CyclicBarrier(2);
        EventRouter waiting = EventRouter.builder(log)
                .queue(message -> {
                    try {
                        together.await(60, TimeUnit.SECONDS);
                        return true;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .build();
        byte[] batch = ("{\"Records\":[" + message("a1", "a") + "," + message("b1", "b") + "]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(GoldenEvents.tree(waiting.handle(batch)).path("batchItemFailures"))
                .isEmpty();
    }

    @Test
    void whatABatchHoldsIsNotLogged() {
        failing = Set.of("a1");
        failuresOf(message("a1", "a"));
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("a1").doesNotContain("body of");
    }

    @Test
    void whatIsNoMessageFailsTheInvocation() {
        byte[] batch = "{\"Records\":[{\"eventSource\":\"aws:sqs\"}]}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> router.handle(batch)).isInstanceOf(EventException.class);
        byte[] strange = ("{\"Records\":[" + message("a1", "a").replace("\"3\"", "\"many\"") + "]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> router.handle(strange)).isInstanceOf(EventException.class);
        EventRouter deaf = EventRouter.builder(log).build();
        assertThatThrownBy(() ->
                        deaf.handle(("{\"Records\":[" + message("a1", "a") + "]}").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EventException.class)
                .hasMessageContaining("queue");
    }
}
