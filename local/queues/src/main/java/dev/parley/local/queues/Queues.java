package dev.parley.local.queues;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every queue of an installation. One lock covers all of them, for a message moves from one to another; a receiver that waits does not
 * hold it. Thread-safe.
 */
public final class Queues implements AutoCloseable {
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";
    private static final String NAME = "[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo";
    private static final String SUFFIX = ".jsonl";

    private final Optional<Path> folder;
    private final InstantSource clock;
    private final Map<String, MessageQueue> queues = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean closed;

    /**
     * Restores what is kept.
     *
     * @param folder a file for each queue is kept in it; absent keeps nothing
     */
    Queues(Optional<Path> folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        folder.ifPresent(this::restore);
    }

    private void restore(Path kept) {
        try {
            Files.createDirectories(kept);
            try (Stream<Path> files = Files.list(kept)) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(SUFFIX))
                        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                        .filter(name -> name.matches(NAME))
                        .forEach(name -> MessageQueue.restore(name, journal(name), clock.millis())
                                .ifPresent(queue -> queues.put(name, queue)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the queues in " + kept, e);
        }
    }

    private Journal journal(String name) {
        return new Journal(folder.map(kept -> kept.resolve(name + SUFFIX)));
    }

    /** A queue's Amazon resource name. */
    public static String arn(String name) {
        return "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + name;
    }

    /**
     * A message for people to look at, without taking it.
     *
     * @param id given by its queue
     * @param body the text
     * @param group its message group, when it has one
     * @param sentAt milliseconds since 1970
     * @param receives how often it was received
     * @param source the queue that it came from as a dead letter
     */
    public record Peek(
            String id, String body, Optional<String> group, long sentAt, int receives, Optional<String> source) {}

    /** What stands in a queue, oldest first; empty when there is no such queue. Nothing is received by it. */
    public List<Peek> peek(String name) {
        return locked(() -> Optional.ofNullable(queues.get(name))
                .map(queue -> queue.messages(clock.millis()).stream()
                        .map(message -> new Peek(
                                message.id(),
                                message.body(),
                                message.group(),
                                message.sentAt(),
                                message.receives(),
                                message.source()))
                        .toList())
                .orElse(List.of()));
    }

    /** Puts a dead letter back into the queue it came from, as its last message. @return whether it was there and is back */
    public boolean moveBack(String name, String id) {
        return locked(() -> {
            Optional<MessageQueue> dead = Optional.ofNullable(queues.get(name));
            Optional<Message> letter = dead.flatMap(queue -> queue.find(id));
            Optional<MessageQueue> source = letter.flatMap(Message::source).map(queues::get);
            if (source.isEmpty()) {
                return false;
            }
            source.get().take(letter.get(), Optional.empty(), clock.millis());
            dead.get().gone(id);
            news.signalAll();
            return true;
        });
    }

    /** Deletes a message, whoever has it. @return whether it was there */
    public boolean drop(String name, String id) {
        return locked(() -> {
            Optional<MessageQueue> queue = Optional.ofNullable(queues.get(name));
            if (queue.flatMap(one -> one.find(id)).isEmpty()) {
                return false;
            }
            queue.get().gone(id);
            return true;
        });
    }

    /** Makes a queue; one that is there with the same attributes stays. @throws QueueException when it is there with others */
    void create(String name, Map<String, String> attributes) {
        if (!name.matches(NAME)) {
            throw QueueException.value("QueueName", "letters, digits, - and _, at most 80");
        }
        QueueSettings settings = QueueSettings.of(name, attributes);
        locked(() -> {
            MessageQueue known = queues.get(name);
            if (known == null) {
                var queue = new MessageQueue(name, settings, journal(name));
                queue.settings(settings);
                queues.put(name, queue);
            } else if (!known.settings().equals(settings)) {
                throw QueueException.exists(name);
            }
            return null;
        });
    }

    void change(String name, Map<String, String> attributes) {
        locked(() -> {
            MessageQueue queue = queue(name);
            var all = new TreeMap<>(queue.settings().attributes());
            all.putAll(attributes);
            queue.settings(QueueSettings.of(name, all));
            return null;
        });
    }

    void remove(String name) {
        locked(() -> {
            queue(name).remove();
            queues.remove(name);
            news.signalAll();
            return null;
        });
    }

    List<String> names() {
        return locked(() -> List.copyOf(queues.keySet()));
    }

    /** Every attribute of a queue by SQS's names, its counts included. */
    Map<String, String> attributes(String name) {
        return locked(() -> {
            MessageQueue queue = queue(name);
            long now = clock.millis();
            List<Message> messages = queue.messages(now);
            long inFlight =
                    messages.stream().filter(message -> message.isInFlight(now)).count();
            long delayed = messages.stream()
                    .filter(message -> message.receives() == 0 && message.visibleAt() > now)
                    .count();
            var attributes = new TreeMap<>(queue.settings().attributes());
            attributes.put("QueueArn", arn(name));
            attributes.put("ApproximateNumberOfMessages", String.valueOf(messages.size() - inFlight - delayed));
            attributes.put("ApproximateNumberOfMessagesNotVisible", String.valueOf(inFlight));
            attributes.put("ApproximateNumberOfMessagesDelayed", String.valueOf(delayed));
            return attributes;
        });
    }

    /** A message as a sender gives it. */
    record Draft(
            String body,
            ObjectNode attributes,
            Optional<String> group,
            Optional<String> deduplication,
            Optional<Duration> delay) {}

    MessageQueue.Sent send(String name, Draft draft) {
        return locked(() -> {
            MessageQueue queue = queue(name);
            if (draft.body().length() > queue.settings().maxBytes()) {
                throw QueueException.value(
                        "MessageBody", "at most " + queue.settings().maxBytes() + " bytes");
            }
            MessageQueue.Sent sent = queue.send(
                    draft.body(),
                    draft.attributes(),
                    draft.group(),
                    draft.deduplication(),
                    draft.delay(),
                    clock.millis());
            news.signalAll();
            return sent;
        });
    }

    /**
     * Receives, and waits for the first message when there is none.
     *
     * @param visibility in place of the queue's own
     * @param wait in place of the queue's own
     */
    List<Message> receive(String name, int max, Optional<Duration> visibility, Optional<Duration> wait)
            throws InterruptedException {
        long from = System.nanoTime();
        lock.lockInterruptibly();
        try {
            while (true) {
                MessageQueue queue = queue(name);
                long now = clock.millis();
                List<Message> messages = queue.receive(
                        max, visibility.orElse(queue.settings().visibility()), now, letter -> bury(queue, letter, now));
                long left = wait.orElse(queue.settings().longPoll()).toNanos() - (System.nanoTime() - from);
                if (!messages.isEmpty() || left <= 0 || closed) {
                    return messages;
                }
                long next = queue.nextVisible(now);
                long nap = next == Long.MAX_VALUE
                        ? left
                        : Math.min(left, TimeUnit.MILLISECONDS.toNanos(Math.max(1, next - now)));
                news.awaitNanos(nap);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean bury(MessageQueue queue, Message message, long now) {
        return queue.settings()
                .redrive()
                .map(policy -> queues.get(policy.queue()))
                .map(dead -> {
                    dead.take(message, Optional.of(queue.name()), now);
                    news.signalAll();
                    return true;
                })
                .orElse(false);
    }

    void delete(String name, String receipt) {
        locked(() -> {
            queue(name).delete(receipt);
            news.signalAll(); // the next of its group can be received
            return null;
        });
    }

    void changeVisibility(String name, String receipt, Duration visibility) {
        locked(() -> {
            queue(name).changeVisibility(receipt, visibility, clock.millis());
            news.signalAll();
            return null;
        });
    }

    void purge(String name) {
        locked(() -> {
            queue(name).purge();
            return null;
        });
    }

    /** Ends every wait, and closes the files. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            queues.values().forEach(MessageQueue::close);
            news.signalAll();
            return null;
        });
    }

    private MessageQueue queue(String name) {
        MessageQueue queue = queues.get(name);
        if (queue == null) {
            throw QueueException.missingQueue(name);
        }
        return queue;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
