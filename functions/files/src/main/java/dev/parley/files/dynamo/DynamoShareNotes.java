package dev.parley.files.dynamo;

import dev.parley.files.ShareNotes;
import dev.parley.files.StoredFile;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is shared where, in the FileShares table: {@code conversation_id}, {@code file_id}, and of the file {@code name}, {@code size}, {@code type}. */
public final class DynamoShareNotes implements ShareNotes {
    private final Dynamo dynamo;
    private final String table;

    public DynamoShareNotes(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.FILE_SHARES);
    }

    @Override
    public void put(String conversationId, StoredFile file) {
        Map<String, AttributeValue> item = Map.of(
                "conversation_id", Items.text(conversationId),
                "file_id", Items.text(file.id()),
                "name", Items.text(file.name()),
                "size", Items.number(file.size()),
                "type", Items.text(file.type().orElse(file.declaredType())));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public void remove(String conversationId, String fileId) {
        dynamo.call(client -> client.deleteItem(delete -> delete.tableName(table)
                .key(Map.of("conversation_id", Items.text(conversationId), "file_id", Items.text(fileId)))));
    }
}
