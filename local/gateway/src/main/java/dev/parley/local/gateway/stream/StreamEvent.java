package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The event that Lambda hands over for records of a DynamoDB stream, in AWS's own words and DynamoDB's own JSON. */
final class StreamEvent {
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "123456789012";

    private StreamEvent() {}

    /** {@code {"Records": [...]}}. */
    static ObjectNode of(List<ObjectNode> records) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putArray("Records").addAll(records);
        return event;
    }

    /** The stream's name on AWS: the embedded store has a region and an account of its own. */
    static String arn(String streamArn) {
        return "arn:aws:dynamodb:" + REGION + ":" + ACCOUNT + streamArn.substring(streamArn.indexOf(":table/"));
    }

    static ObjectNode record(Record record, String streamArn) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("eventID", record.eventID());
        node.put("eventName", record.eventNameAsString());
        node.put("eventVersion", record.eventVersion());
        node.put("eventSource", record.eventSource());
        node.put("awsRegion", REGION);
        StreamRecord change = record.dynamodb();
        ObjectNode dynamodb = node.putObject("dynamodb");
        dynamodb.put(
                "ApproximateCreationDateTime",
                change.approximateCreationDateTime().getEpochSecond());
        dynamodb.set("Keys", map(change.keys()));
        if (change.hasNewImage()) {
            dynamodb.set("NewImage", map(change.newImage()));
        }
        if (change.hasOldImage()) {
            dynamodb.set("OldImage", map(change.oldImage()));
        }
        dynamodb.put("SequenceNumber", change.sequenceNumber());
        dynamodb.put("SizeBytes", change.sizeBytes());
        dynamodb.put("StreamViewType", change.streamViewTypeAsString());
        node.put("eventSourceARN", arn(streamArn));
        return node;
    }

    private static ObjectNode map(Map<String, AttributeValue> attributes) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> node.set(entry.getKey(), value(entry.getValue())));
        return node;
    }

    private static ObjectNode value(AttributeValue value) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (value.type()) {
            case S -> node.put("S", value.s());
            case N -> node.put("N", value.n());
            case B -> node.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
            case BOOL -> node.put("BOOL", value.bool());
            case NUL -> node.put("NULL", true);
            case M -> node.set("M", map(value.m()));
            case L ->
                node.putArray("L")
                        .addAll(value.l().stream().map(StreamEvent::value).toList());
            case SS -> node.set("SS", EventJson.MAPPER.valueToTree(value.ss()));
            case NS -> node.set("NS", EventJson.MAPPER.valueToTree(value.ns()));
            case BS ->
                node.set(
                        "BS",
                        EventJson.MAPPER.valueToTree(value.bs().stream()
                                .map(bytes -> Base64.getEncoder().encodeToString(bytes.asByteArray()))
                                .toList()));
            default -> throw new IllegalArgumentException("An attribute of an unknown type: " + value.type());
        }
        return node;
    }
}
