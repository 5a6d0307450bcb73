package dev.parley.platform.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** People in the People table, one item each. */
public final class DynamoPeople implements People {
    private static final String USER_ID = Tables.PEOPLE.partitionKey();
    private static final String NAME = "name";
    private static final String AVATAR = "avatar";
    private static final String DELETED = "deleted";
    private static final int AT_ONCE = 100;
    private static final int ROUNDS = 8;

    private final Dynamo dynamo;
    private final String table;

    public DynamoPeople(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.PEOPLE);
    }

    @Override
    public void put(Person person) {
        Map<String, AttributeValue> item = Map.of(
                USER_ID, Items.text(person.userId()),
                NAME, Items.text(person.name()),
                AVATAR, Items.text(person.avatar()),
                DELETED, Items.flag(person.deleted()));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public Map<String, Person> find(Collection<String> userIds) {
        Map<String, Person> found = new HashMap<>();
        List<String> ids = userIds.stream().distinct().toList();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<Map<String, AttributeValue>> keys = ids.subList(from, Math.min(ids.size(), from + AT_ONCE)).stream()
                    .map(id -> Map.of(USER_ID, Items.text(id)))
                    .toList();
            read(keys).forEach(item -> {
                Person person = person(item);
                found.put(person.userId(), person);
            });
        }
        return found;
    }

    /** The store may answer a part and leave the rest to be asked again. */
    private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, KeysAndAttributes> open =
                Map.of(table, KeysAndAttributes.builder().keys(keys).build());
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, KeysAndAttributes> asked = open;
            BatchGetItemResponse answer = dynamo.call(client -> client.batchGetItem(get -> get.requestItems(asked)));
            items.addAll(answer.responses().getOrDefault(table, List.of()));
            open = answer.unprocessedKeys();
            if (open.isEmpty()) {
                return items;
            }
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    private static Person person(Map<String, AttributeValue> item) {
        return new Person(
                Items.requiredText(item, USER_ID),
                Items.text(item, NAME).orElse(""),
                Items.text(item, AVATAR).orElse(""),
                Items.flag(item, DELETED));
    }
}
