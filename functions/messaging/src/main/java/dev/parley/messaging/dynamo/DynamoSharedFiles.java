package dev.parley.messaging.dynamo;

import dev.parley.messaging.Attachment;
import dev.parley.messaging.SharedFiles;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Shared files in the FileShares table, which the files function writes. Always read consistently: what was taken back a moment ago is not there. */
public final class DynamoSharedFiles implements SharedFiles {
    private final Dynamo dynamo;
    private final String table;

    public DynamoSharedFiles(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.FILE_SHARES);
    }

    @Override
    public Optional<Attachment> find(String conversationId, String fileId) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(Map.of(
                                        "conversation_id", Items.text(conversationId), "file_id", Items.text(fileId)))
                                .consistentRead(true)))
                        .item())
                .filter(item -> !item.isEmpty())
                .map(item -> new Attachment(
                        fileId,
                        Items.requiredText(item, "name"),
                        Items.number(item, "size", 0),
                        Items.requiredText(item, "type")));
    }
}
