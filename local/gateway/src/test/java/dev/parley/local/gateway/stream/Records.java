package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Records of a stream, as small as the mapping's own logic needs them. */
final class Records {
    private Records() {}

    static ObjectNode record(int number, long writtenSeconds) {
        ObjectNode record = EventJson.MAPPER.createObjectNode();
        record.putObject("dynamodb")
                .put("SequenceNumber", Integer.toString(number))
                .put("ApproximateCreationDateTime", writtenSeconds);
        return record;
    }

    /** Numbered from 1. */
    static List<ObjectNode> batch(int size) {
        var records = new ArrayList<ObjectNode>();
        for (int i = 1; i <= size; i++) {
            records.add(record(i, 0));
        }
        return records;
    }

    static int number(ObjectNode record) {
        return Integer.parseInt(BatchCall.sequenceNumber(record));
    }

    static List<Integer> numbers(List<ObjectNode> records) {
        return records.stream().map(Records::number).toList();
    }
}
