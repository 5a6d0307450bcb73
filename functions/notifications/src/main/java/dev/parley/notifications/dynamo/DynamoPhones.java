package dev.parley.notifications.dynamo;

import dev.parley.notifications.Phones;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Telephones, beside the notifications that they are told of: {@code <user>}, {@code PHONE}. */
public final class DynamoPhones implements Phones {
    private static final String PHONE = "PHONE";
    private static final String NUMBER = "number";

    private final Dynamo dynamo;
    private final String table;

    public DynamoPhones(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.NOTIFICATIONS);
    }

    @Override
    public Optional<String> of(String userId) {
        return Items.text(
                dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(NoticeItems.key(userId, PHONE))
                                .consistentRead(true)))
                        .item(),
                NUMBER);
    }

    @Override
    public void put(String userId, String number) {
        Map<String, AttributeValue> item = new HashMap<>(NoticeItems.key(userId, PHONE));
        item.put(NUMBER, Items.text(number));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public void remove(String userId) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(NoticeItems.key(userId, PHONE))));
    }
}
