package dev.parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.SettingKeys;
import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.stream.StreamSource;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoOutbox;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is written to a table comes to the function that the template names, through the embedded store's own stream. */
@Tag("component")
class StreamTest {
    @TempDir
    private Path folder;

    private final Queue<JsonNode> calls = new ConcurrentLinkedQueue<>();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final Set<String> poisoned = ConcurrentHashMap.newKeySet();
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> stumbles = new ConcurrentHashMap<>();
    private Stores stores;
    private Dynamo dynamo;
    private DynamoOutbox outbox;

    @BeforeEach
    void open() {
        stores = Stores.temporary();
        dynamo = Dynamo.of(stores.settings());
        outbox = new DynamoOutbox(dynamo);
    }

    @AfterEach
    void close() {
        dynamo.close();
        stores.close();
    }

    private ScriptedGateway gateway() {
        return new ScriptedGateway(
                options -> options.streams(StreamSource.at(stores.tablesEndpoint(), folder)),
                Map.of("TablePrefix", stores.values().get(SettingKeys.TABLE_PREFIX)),
                this::listen);
    }

    /** Takes what is not poisoned and does not stumble, in order; behind a failure everything waits. */
    private String listen(JsonNode event) {
        calls.add(event);
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        for (JsonNode record : event.path("Records")) {
            JsonNode change = record.path("dynamodb");
            String id = change.path("Keys").path("id").path("S").asString();
            if (stuck.contains(id)) {
                holdUntilInterrupted();
            }
            boolean stumbling = stumbles.computeIfPresent(id, (key, left) -> left > 1 ? left - 1 : null) != null;
            if (poisoned.contains(id) || stumbling || !failures.isEmpty()) {
                failures.addObject().set("itemIdentifier", change.path("SequenceNumber"));
            } else {
                taken.add(id);
            }
        }
        return answer.toString();
    }

    private static void holdUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void append(String id, String type) {
        outbox.append(new OutboxEvent(id, type, "u_1", Instant.now(), Map.of("name", "Ada")));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static List<String> ids(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "e_" + i).toList();
    }

    private static JsonNode json(ScriptedGateway gateway, String method, String path) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.addresses().internalPort() + path);
        String body = gateway.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()))
                .body();
        return EventJson.MAPPER.readTree(body);
    }

    @Test
    void everyRecordIsHandedOverOnceInOrderAsAwsWritesIt() {
        ids(1, 15).forEach(id -> append(id, "mail.invitation"));
        try (ScriptedGateway gateway = gateway()) {
            ids(16, 25).forEach(id -> append(id, "mail.invitation"));

            await().untilAsserted(() -> assertThat(taken).containsExactlyElementsOf(ids(1, 25)));
            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.path("Records").size()).isBetween(1, 10));
            JsonNode record = calls.peek().path("Records").path(0);
            assertThat(record.path("eventName").asString()).isEqualTo("INSERT");
            assertThat(record.path("eventSource").asString()).isEqualTo("aws:dynamodb");
            assertThat(record.path("eventSourceARN").asString())
                    .startsWith(
                            "arn:aws:dynamodb:us-east-1:123456789012:table/" + dynamo.name(Tables.OUTBOX) + "/stream/");
            JsonNode image = record.path("dynamodb").path("NewImage");
            assertThat(image.path("type").path("S").asString()).isEqualTo("mail.invitation");
            assertThat(image.path("data").path("M").path("name").path("S").asString())
                    .isEqualTo("Ada");
            assertThat(json(gateway, "GET", "/dead-letters")).isEmpty();
        }
    }

    @Test
    void whatTheFilterHoldsBackIsNotHandedOver() {
        try (ScriptedGateway gateway = gateway()) {
            append("e_1", "account.banned");
            append("e_2", "mail.password_changed");
            append("e_3", "sessions.ended");
            dynamo.client()
                    .deleteItem(delete -> delete.tableName(dynamo.name(Tables.OUTBOX))
                            .key(Map.of(
                                    "subject", Items.text("u_1"),
                                    "id", Items.text("e_2"))));
            append("e_4", "mail.invitation");

            await().untilAsserted(() -> assertThat(taken).containsExactly("e_2", "e_4"));
            assertThat(gateway.addresses().internalPort()).isPositive();
        }
    }

    @Test
    void aPoisonedRecordStopsNoOtherAndCanBeReplayedOnceItsCauseIsGone() {
        poisoned.add("e_4");
        try (ScriptedGateway gateway = gateway()) {
            ids(1, 12).forEach(id -> append(id, "mail.invitation"));

            await().untilAsserted(() ->
                    assertThat(json(gateway, "GET", "/dead-letters")).hasSize(1));
            await().untilAsserted(() -> assertThat(taken).contains("e_12"));
            assertThat(taken).doesNotContain("e_4").containsAll(ids(5, 12)).containsAll(ids(1, 3));
            JsonNode letter = json(gateway, "GET", "/dead-letters").path(0);
            assertThat(letter.path("function").asString()).isEqualTo("Listener");
            assertThat(letter.path("condition").asString()).isEqualTo("RetryAttemptsExhausted");
            assertThat(letter.path("records")).hasSize(1);
            assertThat(letter.path("records").path(0).path("id").path("S").asString())
                    .isEqualTo("e_4");
            String replay = "/dead-letters/" + letter.path("id").asString() + "/replay";
            assertThat(json(gateway, "POST", replay).path("failed").asInt()).isEqualTo(1);
            assertThat(json(gateway, "GET", "/dead-letters")).hasSize(1);

            poisoned.clear();
            assertThat(json(gateway, "POST", replay).path("failed").asInt(-1)).isZero();
            assertThat(taken).contains("e_4");
            assertThat(json(gateway, "GET", "/dead-letters")).isEmpty();
            assertThat(json(gateway, "POST", replay).has("message")).isTrue();
        }
    }

    @Test
    void aConsumerThatFailsTwiceLosesNothingAndKeepsTheOrder() {
        stumbles.put("e_3", 3);
        try (ScriptedGateway gateway = gateway()) {
            ids(1, 8).forEach(id -> append(id, "mail.invitation"));

            await().untilAsserted(() -> assertThat(taken).hasSizeGreaterThanOrEqualTo(8));
            assertThat(taken.stream().distinct()).containsExactlyElementsOf(ids(1, 8));
            assertThat(json(gateway, "GET", "/dead-letters")).isEmpty();
        }
    }

    @Test
    void aStopInTheMiddleOfACallLosesNothingAndTheNextStartGoesOnThere() {
        try (ScriptedGateway gateway = gateway()) {
            ids(1, 3).forEach(id -> append(id, "mail.invitation"));
            await().untilAsserted(() -> assertThat(taken).containsExactlyElementsOf(ids(1, 3)));
            stuck.add("e_4");
            int before = calls.size();
            append("e_4", "mail.invitation");
            append("e_5", "mail.invitation");
            await().until(() -> calls.size() > before);
            assertThat(gateway.addresses().port()).isPositive();
        }
        stuck.clear();
        append("e_6", "mail.invitation");
        try (ScriptedGateway gateway = gateway()) {
            await().untilAsserted(() -> assertThat(taken).contains("e_6"));
            assertThat(taken).containsExactlyElementsOf(ids(1, 6));
            assertThat(json(gateway, "GET", "/dead-letters")).isEmpty();
        }
    }
}
