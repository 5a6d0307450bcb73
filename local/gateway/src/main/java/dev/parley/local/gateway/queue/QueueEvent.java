package dev.parley.local.gateway.queue;

import dev.parley.local.gateway.event.EventJson;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The event of a batch of messages, as Lambda writes it. */
final class QueueEvent {
    private static final String REGION = "us-east-1";

    private QueueEvent() {}

    /** @param queue its name */
    static ObjectNode of(String queue, List<Message> messages) {
        ObjectNode event = EventJson.MAPPER.createObjectNode();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.add(record(queue, message)));
        return event;
    }

    private static ObjectNode record(String queue, Message message) {
        ObjectNode record = EventJson.MAPPER.createObjectNode();
        record.put("messageId", message.messageId());
        record.put("receiptHandle", message.receiptHandle());
        record.put("body", message.body());
        ObjectNode attributes = record.putObject("attributes");
        new TreeMap<>(message.attributesAsStrings()).forEach(attributes::put);
        ObjectNode given = record.putObject("messageAttributes");
        new TreeMap<>(message.messageAttributes()).forEach((name, value) -> given.set(name, attribute(value)));
        if (message.md5OfMessageAttributes() != null) {
            record.put("md5OfMessageAttributes", message.md5OfMessageAttributes());
        }
        record.put("md5OfBody", message.md5OfBody());
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", "arn:aws:sqs:" + REGION + ":123456789012:" + queue);
        record.put("awsRegion", REGION);
        return record;
    }

    private static ObjectNode attribute(MessageAttributeValue value) {
        ObjectNode attribute = EventJson.MAPPER.createObjectNode();
        if (value.binaryValue() == null) {
            attribute.put("stringValue", value.stringValue());
        } else {
            attribute.put("binaryValue", value.binaryValue().asByteArray());
        }
        attribute.putArray("stringListValues");
        attribute.putArray("binaryListValues");
        attribute.put("dataType", value.dataType());
        return attribute;
    }
}
