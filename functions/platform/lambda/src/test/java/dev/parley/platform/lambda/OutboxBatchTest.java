package dev.parley.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.Errors;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.OutboxEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OutboxBatchTest {
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final JsonLog log =
            new JsonLog("test", new HandMovedClock(), new PrintStream(logged, true, StandardCharsets.UTF_8));
    private final List<OutboxEvent> told = new ArrayList<>();
    private Set<String> failing = Set.of();
    private final EventRouter router = EventRouter.builder(log)
            .outbox(event -> {
                if (failing.contains(event.id())) {
                    throw new IllegalStateException("no " + event.id());
                }
                told.add(event);
            })
            .build();

    private static String item(int number, String subject, String name) {
        return """
            {"eventID":"x%1$d","eventName":"%3$s","eventSource":"aws:dynamodb","dynamodb":{"SequenceNumber":"%1$d",
             "Keys":{"subject":{"S":"%2$s"},"id":{"S":"e_%1$d"}},
             "NewImage":{"subject":{"S":"%2$s"},"id":{"S":"e_%1$d"},"type":{"S":"mail.password_reset"},
               "at":{"N":"1793614530250"},"data":{"M":{"email":{"S":"ana@example.org"},"code":{"S":""}}}}}}
            """.formatted(number, subject, name);
    }

    private List<String> failuresOf(String... records) {
        byte[] batch = ("{\"Records\":[" + String.join(",", records) + "]}").getBytes(StandardCharsets.UTF_8);
        JsonNode reply = GoldenEvents.tree(router.handle(batch));
        return reply.path("batchItemFailures")
                .valueStream()
                .map(failure -> failure.path("itemIdentifier").asString())
                .toList();
    }

    private List<String> toldIds() {
        return told.stream().map(OutboxEvent::id).toList();
    }

    @Test
    void everyNewItemIsAnEvent() {
        assertThat(failuresOf(item(1, "u_1", "INSERT"), item(2, "u_2", "INSERT")))
                .isEmpty();

        assertThat(toldIds()).containsExactly("e_1", "e_2");
        assertThat(told.getFirst())
                .isEqualTo(new OutboxEvent(
                        "e_1",
                        "mail.password_reset",
                        "u_1",
                        Instant.ofEpochMilli(1_793_614_530_250L),
                        Map.of("email", "ana@example.org", "code", "")));
    }

    @Test
    void whatIsRemovedIsNoNews() {
        assertThat(failuresOf(item(1, "u_1", "REMOVE"), item(2, "u_1", "MODIFY")))
                .isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void behindAFailureOnlyItsOwnSubjectWaits() {
        failing = Set.of("e_2");

        assertThat(failuresOf(
                        item(1, "u_1", "INSERT"),
                        item(2, "u_2", "INSERT"),
                        item(3, "u_1", "INSERT"),
                        item(4, "u_2", "INSERT"),
                        item(5, "u_3", "INSERT")))
                .containsExactly("2", "4");

        assertThat(toldIds()).containsExactly("e_1", "e_3", "e_5");
        assertThat(logged.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("mail.password_reset", "e_2")
                .doesNotContain("ana@example.org");
    }

    @Test
    void anItemThatIsNoEventFailsAlone() {
        String poisoned = item(1, "u_1", "INSERT").replace("\"N\":\"1793614530250\"", "\"S\":\"today\"");

        assertThat(failuresOf(poisoned, item(2, "u_2", "INSERT"))).containsExactly("1");
        assertThat(toldIds()).containsExactly("e_2");
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoAccident() {
        EventRouter waking = EventRouter.builder(log)
                .outbox(event -> {
                    throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
                })
                .build();

        byte[] batch = ("{\"Records\":[" + item(1, "u_1", "INSERT") + "]}").getBytes(StandardCharsets.UTF_8);
        assertThat(GoldenEvents.tree(waking.handle(batch)).path("batchItemFailures"))
                .hasSize(1);
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("\"WARN\"", "store.unavailable", "e_1");
    }

    @Test
    void aFunctionThatTakesNoEventsRefusesABatch() {
        byte[] batch = ("{\"Records\":[" + item(1, "u_1", "INSERT") + "]}").getBytes(StandardCharsets.UTF_8);
        EventRouter deaf = EventRouter.builder(log).build();

        assertThatThrownBy(() -> deaf.handle(batch)).isInstanceOf(EventException.class);
    }
}
