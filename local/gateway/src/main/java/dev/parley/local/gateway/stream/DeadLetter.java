package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records that a function could not take: what AWS writes to the mapping's queue, with the records themselves under {@code payload},
 * which AWS leaves in the stream.
 */
final class DeadLetter {
    private DeadLetter() {}

    /**
     * @param function its logical id
     * @param condition {@code RetryAttemptsExhausted} or {@code RecordAgeExceeded}
     * @param tries calls that failed
     */
    static ObjectNode of(
            String function,
            String shard,
            String streamArn,
            List<ObjectNode> records,
            String condition,
            int tries,
            String why,
            Instant now) {
        ObjectNode letter = EventJson.MAPPER.createObjectNode();
        letter.putObject("requestContext")
                .put("functionArn", "arn:aws:lambda:us-east-1:123456789012:function:" + function)
                .put("condition", condition)
                .put("approximateInvokeCount", tries);
        letter.putObject("responseContext").put("statusCode", 200).put("functionError", why);
        letter.put("version", "1.0");
        letter.put("timestamp", now.toString());
        letter.putObject("DDBStreamBatchInfo")
                .put("shardId", shard)
                .put("startSequenceNumber", BatchCall.sequenceNumber(records.getFirst()))
                .put("endSequenceNumber", BatchCall.sequenceNumber(records.getLast()))
                .put("approximateArrivalOfFirstRecord", arrival(records.getFirst()))
                .put("approximateArrivalOfLastRecord", arrival(records.getLast()))
                .put("batchSize", records.size())
                .put("streamArn", StreamEvent.arn(streamArn));
        letter.set("payload", StreamEvent.of(records));
        return letter;
    }

    private static String arrival(ObjectNode record) {
        return Instant.ofEpochSecond(record.path("dynamodb")
                        .path("ApproximateCreationDateTime")
                        .asLong())
                .toString();
    }
}
