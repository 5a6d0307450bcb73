package dev.parley.local.queues;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One queue. Every change is in its journal before it is answered for. Used under the queues' lock; knows no clock. */
final class MessageQueue {
    /** A message with the same deduplication id is the same one for this long. */
    static final Duration SAME = Duration.ofMinutes(5);

    private final String name;
    private final Journal journal;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private QueueSettings settings;
    private long sequence;

    /** What a sender is told, again if it sends again. */
    record Sent(String id, long sequence, long at) {}

    MessageQueue(String name, QueueSettings settings, Journal journal) {
        this.name = name;
        this.settings = settings;
        this.journal = journal;
    }

    /** The queue as its journal has it. @return absent when nothing is kept under this name */
    static Optional<MessageQueue> restore(String name, Journal journal, long now) {
        var holder = new MessageQueue[1];
        journal.read(line -> {
            if (line.has("settings")) {
                QueueSettings settings = QueueSettings.of(name, texts(line.path("settings")));
                if (holder[0] == null) {
                    holder[0] = new MessageQueue(name, settings, journal);
                } else {
                    holder[0].settings = settings;
                }
            } else if (holder[0] != null) {
                holder[0].replay(line, now);
            }
        });
        if (holder[0] != null) {
            journal.rewrite(holder[0].lines(now));
        }
        return Optional.ofNullable(holder[0]);
    }

    private static Map<String, String> texts(JsonNode json) {
        var texts = new HashMap<String, String>();
        json.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }

    private void replay(JsonNode line, long now) {
        if (line.has("put")) {
            Message message = Message.of(line.path("put"));
            messages.put(message.id(), message);
            sequence = Math.max(sequence, message.sequence());
            if (message.source().isEmpty() && message.sentAt() > now - SAME.toMillis()) {
                message.deduplication()
                        .ifPresent(id -> sent.put(id, new Sent(message.id(), message.sequence(), message.sentAt())));
            }
        } else if (line.has("state")) {
            JsonNode state = line.path("state");
            messages.computeIfPresent(
                    state.path("id").asString(""),
                    (id, message) -> message.state(
                            state.path("visible").asLong(),
                            state.path("receives").asInt(),
                            state.path("first").asLong(),
                            state.path("receipt").asString("")));
        } else if (line.has("gone")) {
            messages.remove(line.path("gone").asString(""));
        } else if (line.has("purged")) {
            messages.clear();
        } else if (line.has("sequence")) {
            sequence = Math.max(sequence, line.path("sequence").asLong());
        } else if (line.has("sent")) {
            JsonNode known = line.path("sent");
            sent.put(
                    known.path("dedup").asString(""),
                    new Sent(
                            known.path("id").asString(""),
                            known.path("seq").asLong(),
                            known.path("at").asLong()));
        }
    }

    /** The journal that says what is true now and no more. */
    private List<ObjectNode> lines(long now) {
        var lines = new ArrayList<ObjectNode>();
        lines.add(settingsLine());
        lines.add(Json.MAPPER.createObjectNode().put("sequence", sequence));
        sent.forEach((id, known) -> {
            if (known.at() > now - SAME.toMillis()) {
                ObjectNode line = Json.MAPPER.createObjectNode();
                line.putObject("sent")
                        .put("dedup", id)
                        .put("id", known.id())
                        .put("seq", known.sequence())
                        .put("at", known.at());
                lines.add(line);
            }
        });
        messages.values().forEach(message -> {
            ObjectNode line = Json.MAPPER.createObjectNode();
            line.set("put", message.toJson());
            lines.add(line);
        });
        return lines;
    }

    private ObjectNode settingsLine() {
        ObjectNode line = Json.MAPPER.createObjectNode();
        ObjectNode values = line.putObject("settings");
        settings.attributes().forEach(values::put);
        return line;
    }

    String name() {
        return name;
    }

    QueueSettings settings() {
        return settings;
    }

    void settings(QueueSettings changed) {
        settings = changed;
        journal.append(settingsLine());
    }

    /**
     * Takes a message; one that was sent within {@link #SAME} under the same deduplication id is not taken again.
     *
     * @param delay in place of the queue's own
     * @throws QueueException when the queue's kind needs what is not given, or refuses what is
     */
    Sent send(
            String body,
            ObjectNode attributes,
            Optional<String> group,
            Optional<String> deduplication,
            Optional<Duration> delay,
            long now) {
        Optional<String> same = deduplication;
        if (settings.fifo()) {
            if (group.isEmpty()) {
                throw QueueException.missing("MessageGroupId");
            }
            if (delay.isPresent()) {
                throw QueueException.value("DelaySeconds", "a FIFO queue has one delay for all");
            }
            if (same.isEmpty() && settings.contentDeduplication()) {
                same = Optional.of(Digests.sha256(body));
            }
            if (same.isEmpty()) {
                throw QueueException.value(
                        "MessageDeduplicationId", "it is needed, unless the queue takes the body's hash for it");
            }
            sent.values().removeIf(known -> known.at() <= now - SAME.toMillis());
            Sent known = sent.get(same.get());
            if (known != null) {
                return known;
            }
        } else if (same.isPresent()) {
            throw QueueException.value("MessageDeduplicationId", "the queue is not FIFO");
        }
        var message = new Message(
                UUID.randomUUID().toString(),
                sequence + 1,
                body,
                attributes,
                group,
                same,
                now,
                Optional.empty(),
                now + delay.orElse(settings.delay()).toMillis(),
                0,
                0,
                "");
        put(message);
        Sent answer = new Sent(message.id(), message.sequence(), now);
        same.ifPresent(id -> sent.put(id, answer));
        return answer;
    }

    /** Takes a message from another queue, as its last. */
    void take(Message message, Optional<String> from, long now) {
        put(message.moved(sequence + 1, from, now));
    }

    private void put(Message message) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.set("put", message.toJson());
        journal.append(line);
        messages.put(message.id(), message);
        sequence = message.sequence();
    }

    /**
     * Gives out what can be received, in the order of its coming.
     *
     * @param dead takes what was received too often; false when it cannot
     */
    List<Message> receive(int max, Duration visibility, long now, Predicate<Message> dead) {
        drop(now);
        Set<String> held = held(now);
        var taken = new ArrayList<Message>();
        for (Message message : List.copyOf(messages.values())) {
            if (taken.size() == max) {
                break;
            }
            boolean grouped = settings.fifo();
            String group = message.group().orElse("");
            if (grouped && held.contains(group)) {
                continue;
            }
            if (message.visibleAt() > now) {
                if (grouped) {
                    held.add(group);
                }
                continue;
            }
            boolean tooOften = settings.redrive()
                    .filter(policy -> message.receives() >= policy.maxReceives())
                    .isPresent();
            if (tooOften && dead.test(message)) {
                gone(message.id());
                continue;
            }
            Message given = message.received(now, now + visibility.toMillis(), message.id() + "#" + UUID.randomUUID());
            state(given);
            taken.add(given);
        }
        shorten(now);
        return taken;
    }

    /** Groups of which a receiver has a message: nobody gets another of them. */
    private Set<String> held(long now) {
        Set<String> held = new HashSet<>();
        if (settings.fifo()) {
            for (Message message : messages.values()) {
                if (message.isInFlight(now)) {
                    held.add(message.group().orElse(""));
                }
            }
        }
        return held;
    }

    private void drop(long now) {
        long oldest = now - settings.retention().toMillis();
        for (Message message : List.copyOf(messages.values())) {
            if (message.sentAt() <= oldest) {
                gone(message.id());
            }
        }
    }

    /** Forgets what a receiver is done with. Another's message, or one that is gone, is left as it is. */
    void delete(String receipt) {
        Message message = messages.get(id(receipt));
        if (message != null && message.receipt().equals(receipt)) {
            gone(message.id());
        }
    }

    /** @throws QueueException when the receiver no longer has the message */
    void changeVisibility(String receipt, Duration visibility, long now) {
        Message message = messages.get(id(receipt));
        if (message == null || !message.receipt().equals(receipt) || !message.isInFlight(now)) {
            throw QueueException.notInFlight();
        }
        state(message.visible(now + visibility.toMillis()));
    }

    private static String id(String receipt) {
        int mark = receipt.indexOf('#');
        if (mark <= 0) {
            throw QueueException.of("ReceiptHandleIsInvalid", "The receipt handle is none of this queue");
        }
        return receipt.substring(0, mark);
    }

    Optional<Message> find(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    List<Message> messages(long now) {
        drop(now);
        return List.copyOf(messages.values());
    }

    /** The earliest time at which something becomes visible that is not yet; {@link Long#MAX_VALUE} when nothing does. */
    long nextVisible(long now) {
        return messages.values().stream()
                .mapToLong(Message::visibleAt)
                .filter(at -> at > now)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void gone(String id) {
        journal.append(Json.MAPPER.createObjectNode().put("gone", id));
        messages.remove(id);
    }

    void purge() {
        journal.append(Json.MAPPER.createObjectNode().put("purged", true));
        messages.clear();
    }

    void close() {
        journal.close();
    }

    void remove() {
        journal.delete();
    }

    private void state(Message message) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.putObject("state")
                .put("id", message.id())
                .put("visible", message.visibleAt())
                .put("receives", message.receives())
                .put("first", message.firstReceivedAt())
                .put("receipt", message.receipt());
        journal.append(line);
        messages.put(message.id(), message);
    }

    private void shorten(long now) {
        if (journal.isWorthRewriting(messages.size() + sent.size())) {
            journal.rewrite(lines(now));
        }
    }
}
