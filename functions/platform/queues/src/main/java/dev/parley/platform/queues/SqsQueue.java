package dev.parley.platform.queues;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Deadline;
import dev.parley.kernel.Errors;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** One queue, to send to. A queue that does not answer is 503 {@code store.unavailable}. Thread-safe. */
public final class SqsQueue implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 10;
    /** Bytes of one batch. */
    private static final int LARGEST_BATCH = 200_000;

    private final SqsClient client;
    private final String url;

    public SqsQueue(SqsClient client, String url) {
        this.client = Objects.requireNonNull(client);
        this.url = Objects.requireNonNull(url);
    }

    /**
     * The queue of this address. Connects at the first request.
     *
     * @param url as the template's {@code !Ref} of it gives it
     */
    public static SqsQueue of(Settings settings, String url) {
        return new SqsQueue(
                AwsClients.build(SqsClient.builder(), settings, settings.uri(SettingKeys.SQS_ENDPOINT), ANSWER_TIMEOUT),
                url);
    }

    /**
     * What is sent.
     *
     * @param group messages of one group come in order, one receiver at a time; letters, digits and punctuation, at most 128
     * @param sameAs a message that is sent within five minutes under the same is the same one; as {@code group}
     * @param body at most 256 KiB
     */
    public record Draft(String group, String sameAs, String body) {
        public Draft {
            Objects.requireNonNull(group);
            Objects.requireNonNull(sameAs);
            Objects.requireNonNull(body);
        }
    }

    /** To a FIFO queue. */
    public void send(Draft draft) {
        call(sqs -> sqs.sendMessage(message -> message.queueUrl(url)
                .messageGroupId(draft.group())
                .messageDeduplicationId(draft.sameAs())
                .messageBody(draft.body())));
    }

    /** To a FIFO queue: sends all of them, in their order; when it fails, the first ones may have been sent, and sending all again does no harm. */
    public void sendAll(List<Draft> drafts) {
        sendBatches(
                drafts,
                Draft::body,
                (entry, draft) -> entry.messageGroupId(draft.group())
                        .messageDeduplicationId(draft.sameAs())
                        .messageBody(draft.body()));
    }

    /** To a standard queue: sends all of them, in no order; when it fails, some may have been sent. */
    public void sendUnordered(List<String> bodies) {
        sendBatches(bodies, body -> body, SendMessageBatchRequestEntry.Builder::messageBody);
    }

    private <T> void sendBatches(
            List<T> drafts, Function<T, String> body, BiConsumer<SendMessageBatchRequestEntry.Builder, T> fill) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        int bytes = 0;
        for (T draft : drafts) {
            int size = body.apply(draft).getBytes(StandardCharsets.UTF_8).length;
            if (entries.size() == MOST_AT_ONCE || !entries.isEmpty() && bytes + size > LARGEST_BATCH) {
                sendBatch(entries);
                entries = new ArrayList<>();
                bytes = 0;
            }
            SendMessageBatchRequestEntry.Builder entry =
                    SendMessageBatchRequestEntry.builder().id(String.valueOf(entries.size()));
            fill.accept(entry, draft);
            entries.add(entry.build());
            bytes += size;
        }
        if (!entries.isEmpty()) {
            sendBatch(entries);
        }
    }

    private void sendBatch(List<SendMessageBatchRequestEntry> entries) {
        SendMessageBatchResponse sent =
                call(sqs -> sqs.sendMessageBatch(batch -> batch.queueUrl(url).entries(entries)));
        if (sent.hasFailed() && !sent.failed().isEmpty()) {
            throw unavailable(new IllegalStateException("The queue did not take a message: "
                    + sent.failed().getFirst().code()));
        }
    }

    /**
     * Has a message that is being handled shown again after this long, in place of the queue's own time. One that is shown again already
     * is left as it is.
     *
     * @param receipt as the message brought it
     * @param after twelve hours at most
     */
    public void showAgain(String receipt, Duration after) {
        try {
            call(sqs -> sqs.changeMessageVisibility(change ->
                    change.queueUrl(url).receiptHandle(receipt).visibilityTimeout(Math.toIntExact(after.toSeconds()))));
        } catch (ApiException e) {
            if (!(e.getCause() instanceof MessageNotInflightException)) {
                throw e;
            }
        }
    }

    /** Loads what a message to a queue takes, up to the connection. */
    public static void loadAhead() {
        try (SqsClient nowhere = AwsClients.toNowhere(SqsClient.builder())) {
            nowhere.sendMessageBatch(batch -> batch.queueUrl("https://sqs.us-east-1.amazonaws.com/0/nothing"));
        }
    }

    private <R> R call(Function<SqsClient, R> request) {
        Deadline.check();
        try {
            return request.apply(client);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private static ApiException unavailable(Exception cause) {
        return new ApiException(
                Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), RETRY_AFTER, cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
