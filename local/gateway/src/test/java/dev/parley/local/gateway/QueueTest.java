package dev.parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.queue.QueueSource;
import dev.parley.local.queues.QueueServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is sent to a queue comes to the function that the template names, over AWS's own client. */
@Tag("component")
class QueueTest {
    @TempDir
    private Path folder;

    private final Queue<JsonNode> calls = new ConcurrentLinkedQueue<>();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final Set<String> poisoned = ConcurrentHashMap.newKeySet();
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private QueueServer server;
    private SqsClient sqs;

    @BeforeEach
    void open() {
        server = QueueServer.start(Optional.of(folder), 0, InstantSource.system());
        sqs = SqsClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void close() {
        sqs.close();
        server.close();
    }

    private ScriptedGateway gateway() {
        return new ScriptedGateway(
                options -> options.queues(new QueueSource(server)),
                Map.of("SqsEndpoint", server.endpoint().toString()),
                this::work);
    }

    /** Takes what is not poisoned; of a group with a failure nothing that stands behind it. */
    private String work(JsonNode event) {
        calls.add(event);
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        Set<String> held = ConcurrentHashMap.newKeySet();
        for (JsonNode record : event.path("Records")) {
            String body = record.path("body").asString();
            String group = record.path("attributes").path("MessageGroupId").asString("");
            if (stuck.contains(body)) {
                holdUntilInterrupted();
            }
            if (poisoned.contains(body) || held.contains(group)) {
                held.add(group);
                failures.addObject().set("itemIdentifier", record.path("messageId"));
            } else {
                taken.add(body);
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

    private void send(String queue, String group, String body) {
        String url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        sqs.sendMessage(request -> {
            request.queueUrl(url).messageBody(body);
            if (!group.isEmpty()) {
                request.messageGroupId(group).messageDeduplicationId(body);
            }
        });
    }

    private List<String> of(String group) {
        return taken.stream().filter(body -> body.startsWith(group)).toList();
    }

    private static List<String> bodies(String group, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> group + i).toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static JsonNode json(ScriptedGateway gateway, String method, String path) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.addresses().internalPort() + path);
        String body = gateway.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()))
                .body();
        return EventJson.MAPPER.readTree(body);
    }

    @Test
    void groupsComeInOrderAndABatchIsAsAwsWritesIt() {
        try (ScriptedGateway gateway = gateway()) {
            for (int i = 1; i <= 12; i++) {
                send("Rooms.fifo", "a", "a" + i);
                send("Rooms.fifo", "b", "b" + i);
            }
            await().untilAsserted(() -> assertThat(taken).hasSize(24));
            assertThat(of("a")).containsExactlyElementsOf(bodies("a", 12));
            assertThat(of("b")).containsExactlyElementsOf(bodies("b", 12));
            JsonNode record = calls.peek().path("Records").path(0);
            assertThat(record.path("eventSource").asString()).isEqualTo("aws:sqs");
            assertThat(record.path("eventSourceARN").asString())
                    .isEqualTo("arn:aws:sqs:us-east-1:123456789012:Rooms.fifo");
            assertThat(record.path("attributes").path("ApproximateReceiveCount").asString())
                    .isEqualTo("1");
            assertThat(record.path("attributes").path("SequenceNumber").asString())
                    .isNotEmpty();
            assertThat(json(gateway, "GET", "/dead-letters")).isEmpty();
        }
    }

    @Test
    void aPoisonedMessageHoldsUpItsGroupAloneUntilItIsADeadLetterAndCanBeReplayed() {
        poisoned.add("a2");
        try (ScriptedGateway gateway = gateway()) {
            bodies("a", 3).forEach(body -> send("Rooms.fifo", "a", body));
            bodies("b", 3).forEach(body -> send("Rooms.fifo", "b", body));

            await().untilAsserted(() -> assertThat(of("b")).containsExactlyElementsOf(bodies("b", 3)));
            await().untilAsserted(() -> assertThat(of("a")).containsExactly("a1", "a3"));
            JsonNode letter = json(gateway, "GET", "/dead-letters").path(0);
            assertThat(letter.path("function").asString()).isEqualTo("Worker");
            assertThat(letter.path("tries").asInt()).isEqualTo(3);
            String path = "/dead-letters/" + letter.path("id").asString();
            assertThat(json(gateway, "GET", path).path("body").asString()).isEqualTo("a2");

            poisoned.clear();
            assertThat(json(gateway, "POST", path + "/replay").path("failed").asInt(-1))
                    .isZero();
            await().untilAsserted(() -> assertThat(of("a")).containsExactly("a1", "a3", "a2"));
            assertThat(json(gateway, "GET", "/dead-letters")).isEmpty();
            assertThat(json(gateway, "POST", path + "/replay").has("message")).isTrue();
        }
    }

    @Test
    void aWindowGathersABatchAndABatchThatFailsComesAgainWhole() {
        try (ScriptedGateway gateway = gateway()) {
            var failures = new CountDownLatch(1);
            gateway.on("sweeper", event -> {
                if (failures.getCount() > 0) {
                    failures.countDown();
                    throw new IllegalStateException("not this time");
                }
                return work(event);
            });
            bodies("chore", 15).forEach(body -> send("Chores", "", body));

            await().untilAsserted(() -> assertThat(taken).containsExactlyInAnyOrderElementsOf(bodies("chore", 15)));
            assertThat(failures.getCount()).isZero();
            assertThat(calls)
                    .anySatisfy(call -> assertThat(call.path("Records").size()).isGreaterThan(10));
        }
    }

    @Test
    void attributesOfAMessageComeWithIt() {
        try (ScriptedGateway gateway = gateway()) {
            String url = sqs.getQueueUrl(request -> request.queueName("Chores")).queueUrl();
            sqs.sendMessage(request -> request.queueUrl(url)
                    .messageBody("chore1")
                    .messageAttributes(Map.of(
                            "kind",
                            MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue("sweep")
                                    .build())));
            await().untilAsserted(() -> assertThat(taken).contains("chore1"));
            assertThat(calls.peek()
                            .path("Records")
                            .path(0)
                            .path("messageAttributes")
                            .path("kind")
                            .path("stringValue")
                            .asString())
                    .isEqualTo("sweep");
            assertThat(gateway.addresses().port()).isPositive();
        }
    }

    @Test
    void aStopInTheMiddleOfACallLosesNothing() {
        stuck.add("a2");
        try (ScriptedGateway gateway = gateway()) {
            bodies("a", 3).forEach(body -> send("Rooms.fifo", "a", body));
            await().until(() -> calls.stream().anyMatch(call -> call.toString().contains("\"a2\"")));
            assertThat(gateway.addresses().port()).isPositive();
        }
        stuck.clear();
        try (ScriptedGateway gateway = gateway()) {
            await().untilAsserted(
                            () -> assertThat(of("a").stream().distinct()).containsExactlyElementsOf(bodies("a", 3)));
            assertThat(json(gateway, "GET", "/dead-letters")).isEmpty();
        }
    }
}
