package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.function.InvocationException;
import dev.parley.local.gateway.function.LambdaFunction;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls a function with a batch and reads from its answer which records failed. */
final class BatchCall {
    private final LambdaFunction function;
    private final boolean reportsFailures;

    /** @param reportsFailures {@code ReportBatchItemFailures}: otherwise a batch fails as a whole or not at all */
    BatchCall(LambdaFunction function, boolean reportsFailures) {
        this.function = function;
        this.reportsFailures = reportsFailures;
    }

    BatchResult call(List<ObjectNode> records) {
        byte[] event = EventJson.MAPPER.writeValueAsBytes(StreamEvent.of(records));
        try {
            byte[] answer = function.invoke(event, function.spec().timeout());
            return reportsFailures ? read(answer, records) : BatchResult.done();
        } catch (InvocationException.Throttled e) {
            return BatchResult.putOff(records.size(), e.getMessage());
        } catch (InvocationException e) {
            if (Thread.currentThread().isInterrupted()) {
                return BatchResult.putOff(records.size(), "the mapping stops");
            }
            return BatchResult.failedWhole(records.size(), e.getMessage());
        }
    }

    /** An answer without failures is success, also an empty one; an answer that names no record of the batch fails all of it. */
    private static BatchResult read(byte[] answer, List<ObjectNode> records) {
        if (answer.length == 0) {
            return BatchResult.done();
        }
        JsonNode failures;
        try {
            failures = EventJson.MAPPER.readTree(answer).path("batchItemFailures");
        } catch (JacksonException e) {
            return BatchResult.failedWhole(records.size(), "the answer is not JSON");
        }
        if (failures.isEmpty()) {
            return BatchResult.done();
        }
        List<String> numbers = records.stream().map(BatchCall::sequenceNumber).toList();
        var failed = new ArrayList<Integer>();
        for (JsonNode failure : failures) {
            int place = numbers.indexOf(failure.path("itemIdentifier").asString(""));
            if (place < 0) {
                return BatchResult.failedWhole(records.size(), "the answer names a record that is not in the batch");
            }
            failed.add(place);
        }
        return BatchResult.failed(failed, "the function could not take a record");
    }

    static String sequenceNumber(JsonNode record) {
        return record.path("dynamodb").path("SequenceNumber").asString("");
    }
}
