package dev.parley.local.gateway.queue;

import dev.parley.local.gateway.template.QueueSourceSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.node.ObjectNode;

/** What stands in queues behind the golden events: the messages that somebody sends, by queue. */
public final class GoldenMessages {
    private static final Map<String, List<Draft>> MESSAGES = Map.of(
            "MessagingShares",
            List.of(new Draft(
                    "",
                    "{\"people\":[\"u_1\",\"u_2\"],\"sockets\":[],\"except\":\"DX8k1cMdoAMCIhw=\",\"text\":\"{}\"}")),
            "NotificationDeliveries",
            List.of(
                    new Draft(
                            "",
                            "{\"user_id\":\"u_1\",\"channel\":\"mail\",\"delivery_id\":\"dl_1793614530250abcdefghijklmnopqrstuvwxyz\"}")),
            "WebhookDeliveries.fifo",
            List.of(new Draft(
                    "wh_1#qdm-pusk-edv",
                    "{\"webhook_id\":\"wh_1\",\"delivery_id\":\"d_1793614530250AbCdEfGhIjKlMnOpQrStUv\"}")));

    private record Draft(String group, String body) {}

    private GoldenMessages() {}

    /** The batch that a mapping hands over. @throws IllegalStateException when nothing is known to stand in its queue */
    public static ObjectNode batch(QueueSourceSpec spec, Instant now) {
        List<Draft> drafts = MESSAGES.get(spec.queue());
        if (drafts == null) {
            throw new IllegalStateException("What stands in " + spec.queue() + " is not said in GoldenMessages");
        }
        var messages = new ArrayList<Message>();
        for (Draft draft : drafts) {
            messages.add(message(messages.size() + 1, spec.queue().endsWith(".fifo"), draft, now));
        }
        return QueueEvent.of(spec.queue(), messages);
    }

    private static Message message(int number, boolean fifo, Draft draft, Instant now) {
        var attributes = new TreeMap<String, String>();
        attributes.put("ApproximateReceiveCount", "1");
        attributes.put("SentTimestamp", Long.toString(now.toEpochMilli()));
        attributes.put("SenderId", "AIDALOCAL");
        attributes.put("ApproximateFirstReceiveTimestamp", Long.toString(now.toEpochMilli() + 5));
        if (fifo) {
            attributes.put("MessageGroupId", draft.group());
            attributes.put("MessageDeduplicationId", "d_" + number);
            attributes.put("SequenceNumber", "%020d".formatted(number));
        }
        String id = "00000000-0000-4000-8000-%012d".formatted(number);
        return Message.builder()
                .messageId(id)
                .receiptHandle(id + "#00000000-0000-4000-8000-000000000000")
                .body(draft.body())
                .md5OfBody(md5(draft.body()))
                .attributesWithStrings(attributes)
                .build();
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
