package dev.parley.local.queues;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as its queue keeps it. Times are milliseconds since 1970.
 *
 * @param id given by the queue
 * @param sequence its place among all messages of the queue
 * @param body the text
 * @param attributes the sender's, as they came
 * @param group its message group; absent in a standard queue that was given none
 * @param deduplication its deduplication id; absent in a standard queue
 * @param sentAt when it was sent
 * @param source name of the queue that it was moved from as a dead letter
 * @param visibleAt from when on it can be received
 * @param receives how often it was received
 * @param firstReceivedAt 0 before it was received
 * @param receipt of its last receiver; empty before
 */
record Message(
        String id,
        long sequence,
        String body,
        ObjectNode attributes,
        Optional<String> group,
        Optional<String> deduplication,
        long sentAt,
        Optional<String> source,
        long visibleAt,
        int receives,
        long firstReceivedAt,
        String receipt) {

    Message received(long now, long until, String handle) {
        return new Message(
                id,
                sequence,
                body,
                attributes,
                group,
                deduplication,
                sentAt,
                source,
                until,
                receives + 1,
                receives == 0 ? now : firstReceivedAt,
                handle);
    }

    Message visible(long from) {
        return state(from, receives, firstReceivedAt, receipt);
    }

    Message state(long from, int count, long first, String handle) {
        return new Message(
                id, sequence, body, attributes, group, deduplication, sentAt, source, from, count, first, handle);
    }

    /** The same in another queue, where nobody has received it yet. */
    Message moved(long place, Optional<String> from, long now) {
        return new Message(id, place, body, attributes, group, deduplication, sentAt, from, now, 0, 0, "");
    }

    /** Whether a receiver has it. */
    boolean isInFlight(long now) {
        return receives > 0 && visibleAt > now;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", id);
        json.put("seq", sequence);
        json.put("body", body);
        if (!attributes.isEmpty()) {
            json.set("attributes", attributes);
        }
        group.ifPresent(value -> json.put("group", value));
        deduplication.ifPresent(value -> json.put("dedup", value));
        json.put("sent", sentAt);
        source.ifPresent(value -> json.put("source", value));
        json.put("visible", visibleAt);
        if (receives > 0) {
            json.put("receives", receives);
            json.put("first", firstReceivedAt);
            json.put("receipt", receipt);
        }
        return json;
    }

    static Message of(JsonNode json) {
        return new Message(
                json.path("id").asString(""),
                json.path("seq").asLong(),
                json.path("body").asString(""),
                json.path("attributes") instanceof ObjectNode attributes ? attributes : Json.MAPPER.createObjectNode(),
                text(json, "group"),
                text(json, "dedup"),
                json.path("sent").asLong(),
                text(json, "source"),
                json.path("visible").asLong(),
                json.path("receives").asInt(0),
                json.path("first").asLong(0),
                json.path("receipt").asString(""));
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.path(name).isString() ? Optional.of(json.path(name).asString()) : Optional.empty();
    }
}
