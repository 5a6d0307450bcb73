package dev.parley.local.gateway.queue;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.function.InvocationException;
import dev.parley.local.gateway.function.LambdaFunction;
import dev.parley.local.gateway.template.QueueSourceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One event source mapping: receives messages of a queue and hands them to the function in batches, as many at a time as it may. What the
 * function is done with is deleted; everything else is left to the queue, which shows it again. A message group is with one batch at a
 * time, which the queue sees to.
 */
final class QueueMapping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueMapping.class);
    private static final int MOST_AT_ONCE = 10;
    private static final int WAIT_SECONDS = 1;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final LambdaFunction function;
    private final QueueSourceSpec spec;
    private final SqsClient queues;
    private final String url;
    private final Semaphore slots;
    private final ExecutorService calls;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    private QueueMapping(LambdaFunction function, QueueSourceSpec spec, SqsClient queues, String url) {
        this.function = function;
        this.spec = spec;
        this.queues = queues;
        this.url = url;
        this.slots = new Semaphore(spec.concurrency());
        String name = "queue-" + function.spec().name() + "-" + spec.name();
        this.calls = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-call-", 1).factory());
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    static QueueMapping start(LambdaFunction function, QueueSourceSpec spec, SqsClient queues, String url) {
        var mapping = new QueueMapping(function, spec, queues, url);
        mapping.thread.start();
        return mapping;
    }

    /** Begins no other call. */
    void stop() {
        stop.countDown();
    }

    /** Lets calls that are under way end, within limits; what they do not answer for is shown again. */
    @Override
    public void close() {
        stop();
        try {
            thread.join();
            calls.shutdown();
            if (!calls.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.shutdownNow();
                calls.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            calls.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped(Duration.ZERO)) {
                slots.acquire();
                boolean handed = false;
                try {
                    List<Message> batch = batch();
                    if (stopped(Duration.ZERO)) {
                        show(batch);
                    } else if (!batch.isEmpty()) {
                        calls.execute(() -> {
                            try {
                                call(batch);
                            } finally {
                                slots.release();
                            }
                        });
                        handed = true;
                    }
                    complaints.clear();
                } catch (RuntimeException e) {
                    complain("the queue " + spec.queue() + " cannot be handed over for now", e);
                    stopped(AFTER_FAILURE);
                } finally {
                    if (!handed) {
                        slots.release();
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: the mapping of {} has stopped", function.spec().name(), spec.queue());
        }
    }

    private void complain(String what, RuntimeException e) {
        if (complaints.add(what)) {
            LOG.warn("{}: {}", function.spec().name(), what, e);
        }
    }

    private boolean stopped(Duration after) throws InterruptedException {
        return stop.await(after.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is there; with a window, as much as comes until a batch is full or the window is over. */
    private List<Message> batch() throws InterruptedException {
        List<Message> batch = new ArrayList<>(receive(spec.batchSize()));
        long until = System.nanoTime() + spec.window().toNanos();
        while (!batch.isEmpty()
                && batch.size() < spec.batchSize()
                && System.nanoTime() < until
                && !stopped(Duration.ZERO)) {
            batch.addAll(receive(spec.batchSize() - batch.size()));
        }
        return batch;
    }

    private List<Message> receive(int most) {
        return queues.receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(Math.min(most, MOST_AT_ONCE))
                        .waitTimeSeconds(WAIT_SECONDS)
                        .messageSystemAttributeNamesWithStrings("All")
                        .messageAttributeNames("All"))
                .messages();
    }

    private void call(List<Message> batch) {
        byte[] event = EventJson.MAPPER.writeValueAsBytes(QueueEvent.of(spec.queue(), batch));
        try {
            byte[] answer = function.invoke(event, function.spec().timeout());
            Optional<Set<String>> failed = spec.reportsFailures() ? failures(answer, batch) : Optional.of(Set.of());
            if (failed.isEmpty()) {
                LOG.warn(
                        "{}: an answer about {} cannot be read, and its batch comes again",
                        function.spec().name(),
                        spec.queue());
                return;
            }
            for (Message message : batch) {
                if (!failed.get().contains(message.messageId())) {
                    queues.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
                }
            }
        } catch (InvocationException.Throttled e) {
            // the function was not called: as soon as it can be, it is
            show(batch);
        } catch (InvocationException e) {
            LOG.warn(
                    "{}: {} messages of {} failed: {}",
                    function.spec().name(),
                    batch.size(),
                    spec.queue(),
                    e.getMessage());
        } catch (RuntimeException e) {
            complain("messages of " + spec.queue() + " cannot be deleted and will come again", e);
        }
    }

    /** Ids of the messages that failed; absent when the answer says so in no way that Lambda takes: then all of them did. */
    private static Optional<Set<String>> failures(byte[] answer, List<Message> batch) {
        if (answer.length == 0) {
            return Optional.of(Set.of());
        }
        JsonNode failures;
        try {
            failures = EventJson.MAPPER.readTree(answer).path("batchItemFailures");
        } catch (JacksonException e) {
            return Optional.empty();
        }
        Set<String> present =
                new HashSet<>(batch.stream().map(Message::messageId).toList());
        Set<String> failed = new HashSet<>();
        for (JsonNode failure : failures) {
            String id = failure.path("itemIdentifier").asString("");
            if (!present.contains(id)) {
                return Optional.empty();
            }
            failed.add(id);
        }
        return Optional.of(failed);
    }

    /** Gives messages back that nobody has seen. */
    private void show(List<Message> batch) {
        for (Message message : batch.reversed()) {
            queues.changeMessageVisibility(request ->
                    request.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
        }
    }
}
