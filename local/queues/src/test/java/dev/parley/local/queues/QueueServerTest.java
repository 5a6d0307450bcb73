package dev.parley.local.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
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
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What AWS's own client is answered. Time moves by hand, except where a receiver waits. */
@Tag("component")
class QueueServerTest {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private QueueServer server;
    private SqsClient sqs;

    @BeforeEach
    void open() {
        server = QueueServer.start(Optional.of(folder), 0, now::get);
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

    private void restart() {
        close();
        open();
    }

    private void pass(long seconds) {
        now.updateAndGet(at -> at.plusSeconds(seconds));
    }

    private String queue(String name, String... attributes) {
        var values = new HashMap<QueueAttributeName, String>();
        for (int i = 0; i < attributes.length; i += 2) {
            values.put(QueueAttributeName.fromValue(attributes[i]), attributes[i + 1]);
        }
        return sqs.createQueue(request -> request.queueName(name).attributes(values))
                .queueUrl();
    }

    private String url(String name) {
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private static String redrive(String target, int times) {
        return "{\"deadLetterTargetArn\":\"" + Queues.arn(target) + "\",\"maxReceiveCount\":" + times + "}";
    }

    private SendMessageResponse send(String url, String body) {
        return sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    private SendMessageResponse send(String url, String group, String body) {
        return sqs.sendMessage(request ->
                request.queueUrl(url).messageBody(body).messageGroupId(group).messageDeduplicationId("d-" + body));
    }

    private List<Message> receive(String url, int max) {
        return sqs.receiveMessage(request ->
                        request.queueUrl(url).maxNumberOfMessages(max).messageSystemAttributeNamesWithStrings("All"))
                .messages();
    }

    private void delete(String url, Message message) {
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
    }

    private static List<String> bodies(List<Message> messages) {
        return messages.stream().map(Message::body).toList();
    }

    private String count(String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .get(name);
    }

    @Test
    void aMessageIsWithOneReceiverUntilItsTimeIsUp() {
        String url = queue("work", "VisibilityTimeout", "30");
        sqs.sendMessage(request -> request.queueUrl(url)
                .messageBody("Zürich 会议")
                .messageAttributes(Map.of(
                        "kind",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("event")
                                .build())));

        Message first = receive(url, 10).getFirst();
        assertThat(first.body()).isEqualTo("Zürich 会议");
        assertThat(first.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "1");
        assertThat(receive(url, 10)).isEmpty();
        assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("1");

        pass(30);
        Message again = receive(url, 10).getFirst();
        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");
        delete(url, first); // a late receiver takes nothing away from the one that has it now
        assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("1");
        delete(url, again);
        pass(3_600);
        assertThat(receive(url, 10)).isEmpty();
    }

    @Test
    void aReceiverCanGiveBackOrKeepLonger() {
        String url = queue("work", "VisibilityTimeout", "30");
        send(url, "a");
        Message held = receive(url, 1).getFirst();
        sqs.changeMessageVisibility(request ->
                request.queueUrl(url).receiptHandle(held.receiptHandle()).visibilityTimeout(600));
        pass(599);
        assertThat(receive(url, 1)).isEmpty();
        sqs.changeMessageVisibilityBatch(request -> request.queueUrl(url)
                .entries(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("1")
                        .receiptHandle(held.receiptHandle())
                        .visibilityTimeout(0)
                        .build()));
        assertThat(bodies(receive(url, 1))).containsExactly("a");
        assertThatThrownBy(() -> sqs.changeMessageVisibility(request -> request.queueUrl(url)
                        .receiptHandle(held.receiptHandle())
                        .visibilityTimeout(5)))
                .isInstanceOf(MessageNotInflightException.class);
    }

    @Test
    void whatWasReceivedTooOftenIsADeadLetterAndCanBePutBack() {
        String dead = queue("dead");
        String url = queue("work", "VisibilityTimeout", "10", "RedrivePolicy", redrive("dead", 2));
        send(url, "poison");
        for (int times = 0; times < 2; times++) {
            assertThat(bodies(receive(url, 10))).containsExactly("poison");
            pass(10);
        }
        assertThat(receive(url, 10)).isEmpty();
        Queues.Peek letter = server.queues().peek("dead").getFirst();
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(letter.source()).contains("work");

        assertThat(server.queues().moveBack("dead", letter.id())).isTrue();
        assertThat(server.queues().moveBack("dead", letter.id())).isFalse();
        Message back = receive(url, 10).getFirst();
        assertThat(back.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "1");
        assertThat(receive(dead, 10)).isEmpty();
    }

    @Test
    void aGroupComesInOrderToOneReceiverWhileOthersGoOn() {
        String url = queue("rooms.fifo", "FifoQueue", "true", "VisibilityTimeout", "30");
        send(url, "A", "a1");
        send(url, "B", "b1");
        send(url, "A", "a2");
        send(url, "B", "b2");

        Message a1 = receive(url, 1).getFirst();
        assertThat(a1.body()).isEqualTo("a1");
        assertThat(a1.attributesAsStrings())
                .containsEntry("MessageGroupId", "A")
                .containsKey("SequenceNumber");
        List<Message> others = receive(url, 10);
        assertThat(bodies(others)).containsExactly("b1", "b2");
        assertThat(receive(url, 10)).isEmpty();

        sqs.changeMessageVisibility(request ->
                request.queueUrl(url).receiptHandle(a1.receiptHandle()).visibilityTimeout(0));
        List<Message> group = receive(url, 10);
        assertThat(bodies(group)).containsExactly("a1", "a2");
        delete(url, group.getLast()); // a1 is still with its receiver
        send(url, "A", "a3");
        assertThat(receive(url, 10)).isEmpty();
        delete(url, group.getFirst());
        assertThat(bodies(receive(url, 10))).containsExactly("a3");
    }

    @Test
    void whatIsSentTwiceWithinFiveMinutesIsOneMessageAlsoOverARestart() {
        String url = queue("rooms.fifo", "FifoQueue", "true");
        SendMessageResponse first = send(url, "A", "a1");
        delete(url, receive(url, 1).getFirst());
        restart();
        SendMessageResponse again = send(url("rooms.fifo"), "A", "a1");
        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.sequenceNumber()).isEqualTo(first.sequenceNumber());
        assertThat(receive(url("rooms.fifo"), 10)).isEmpty();
        pass(301);
        send(url("rooms.fifo"), "A", "a1");
        assertThat(receive(url("rooms.fifo"), 10)).hasSize(1);
    }

    @Test
    void aRestartLosesNothingAndKeepsWhoHasWhat() throws IOException {
        String url = queue("rooms.fifo", "FifoQueue", "true", "VisibilityTimeout", "60");
        send(url, "A", "a1");
        send(url, "A", "a2");
        send(url, "B", "b1");
        send(url, "B", "b2");
        Message a1 = receive(url, 1).getFirst();
        Files.writeString(folder.resolve("rooms.fifo.jsonl"), "{\"gone\":\"", StandardOpenOption.APPEND);

        restart();
        String anew = url("rooms.fifo");
        assertThat(bodies(receive(anew, 10))).containsExactly("b1", "b2");
        pass(60);
        assertThat(bodies(receive(anew, 1))).containsExactly("a1");
        assertThat(count(anew, QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("60");
        delete(anew, a1);
        assertThat(count(anew, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("1");
    }

    @Test
    void aReceiverThatWaitsIsHandedTheMessageAsItComes() throws Exception {
        String url = queue("work");
        var waiting = CompletableFuture.supplyAsync(
                () -> sqs.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(20))
                        .messages());
        send(url, "now");
        assertThat(bodies(waiting.get(60, TimeUnit.SECONDS))).containsExactly("now");
    }

    @Test
    void entriesOfABatchSucceedAndFailByThemselves() {
        String url = queue("rooms.fifo", "FifoQueue", "true");
        SendMessageBatchResponse sent = sqs.sendMessageBatch(request -> request.queueUrl(url)
                .entries(
                        SendMessageBatchRequestEntry.builder()
                                .id("1")
                                .messageBody("a1")
                                .messageGroupId("A")
                                .messageDeduplicationId("1")
                                .build(),
                        SendMessageBatchRequestEntry.builder()
                                .id("2")
                                .messageBody("lost")
                                .messageDeduplicationId("2")
                                .build()));
        assertThat(sent.successful()).hasSize(1);
        assertThat(sent.failed().getFirst().id()).isEqualTo("2");
        assertThat(sent.failed().getFirst().code()).isEqualTo("MissingParameter");
        List<Message> messages = receive(url, 10);
        assertThat(bodies(messages)).containsExactly("a1");
        sqs.deleteMessageBatch(request -> request.queueUrl(url)
                .entries(DeleteMessageBatchRequestEntry.builder()
                        .id("1")
                        .receiptHandle(messages.getFirst().receiptHandle())
                        .build()));
        assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("0");
    }

    @Test
    void mistakesAreToldAsSqsTellsThem() {
        String url = queue("work");
        assertThat(queue("work")).isEqualTo(url);
        assertThatThrownBy(() -> queue("work", "VisibilityTimeout", "77")).isInstanceOf(QueueNameExistsException.class);
        assertThatThrownBy(() -> send(url + "-not", "x")).isInstanceOf(QueueDoesNotExistException.class);
        assertThatThrownBy(() -> queue("rooms", "FifoQueue", "true")).isInstanceOf(SqsException.class);
        assertThatThrownBy(() -> send(url, "x".repeat(300_000))).isInstanceOf(SqsException.class);
        assertThatThrownBy(() -> receive(url, 11)).isInstanceOf(SqsException.class);
        send(url, "x");
        sqs.purgeQueue(request -> request.queueUrl(url));
        assertThat(receive(url, 10)).isEmpty();
        sqs.deleteQueue(request -> request.queueUrl(url));
        restart();
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
    }

    @Test
    void manyMessagesLeaveAShortFile() throws IOException {
        String url = queue("rooms.fifo", "FifoQueue", "true");
        for (int round = 0; round < 300; round++) {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (int i : IntStream.range(0, 4).toArray()) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id("" + i)
                        .messageBody("x")
                        .messageGroupId("g" + i)
                        .messageDeduplicationId(round + "-" + i)
                        .build());
            }
            sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
            for (Message message : receive(url, 10)) {
                delete(url, message);
            }
            pass(60);
        }
        try (var lines = Files.lines(folder.resolve("rooms.fifo.jsonl"))) {
            assertThat(lines.count()).isLessThan(2_500);
        }
        restart();
        assertThat(count(url("rooms.fifo"), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("0");
    }

    /** Whatever is posted is answered as a request or refused; nothing is an internal failure. */
    @Test
    void nothingThatIsPostedMakesItFail() throws Exception {
        queue("work");
        var random = new Random(7);
        List<String> actions =
                List.of("SendMessage", "ReceiveMessage", "DeleteMessageBatch", "SetQueueAttributes", "x");
        List<String> values = List.of("\"\"", "null", "[]", "{}", "-1", "1e99", "\"a\"", "[{\"Id\":7}]", "{\"a\":[]}");
        List<String> names = List.of(
                "QueueUrl",
                "MessageBody",
                "Entries",
                "Attributes",
                "VisibilityTimeout",
                "ReceiptHandle",
                "MaxNumberOfMessages",
                "MessageAttributes");
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 400; i++) {
                var body = new StringBuilder("{\"QueueUrl\":\"work\"");
                for (String name : names) {
                    if (random.nextInt(3) == 0) {
                        body.append(",\"").append(name).append("\":").append(values.get(random.nextInt(values.size())));
                    }
                }
                body.append(random.nextInt(10) == 0 ? "" : "}");
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(server.endpoint() + "/"))
                                .header("X-Amz-Target", "AmazonSQS." + actions.get(random.nextInt(actions.size())))
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode())
                        .as("%s: %s", body, answer.body())
                        .isIn(200, 400);
            }
        }
    }
}
