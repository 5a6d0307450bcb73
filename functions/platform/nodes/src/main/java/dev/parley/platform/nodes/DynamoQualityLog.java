package dev.parley.platform.nodes;

import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Minutes in the MeetingQuality table: one write each, unless the room has more than five hundred people. It needs no right but to put items. */
public final class DynamoQualityLog implements QualityLog {
    private final Dynamo dynamo;
    private final String table;
    private final Duration kept;

    /** @param kept how long a minute is kept, counted from itself */
    public DynamoQualityLog(Dynamo dynamo, Duration kept) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.MEETING_QUALITY);
        this.kept = Objects.requireNonNull(kept);
    }

    @Override
    public void write(QualityMinute minute, String writer) {
        for (Map<String, AttributeValue> item :
                QualityRows.items(minute, writer, minute.at().plus(kept))) {
            dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
        }
    }
}
