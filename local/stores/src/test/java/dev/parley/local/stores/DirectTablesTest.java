package dev.parley.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.dynamo.nearby.NearbyTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What is called directly answers as what is called over HTTP does: results, what is absent in them, and exceptions. */
@Tag("component")
class DirectTablesTest {
    private static EmbeddedTables tables;
    private static EmbeddedTables others;
    private static DynamoDbClient http;
    private static DynamoDbClient direct;

    @BeforeAll
    static void start() {
        tables = EmbeddedTables.start(Optional.empty(), 0, TableChaos.NONE);
        others = EmbeddedTables.start(Optional.empty(), 0, TableChaos.NONE);
        http = AwsClients.build(
                DynamoDbClient.builder(),
                Settings.of(Map.of(SettingKeys.AWS_ACCESS_KEY_ID, "local", SettingKeys.AWS_SECRET_ACCESS_KEY, "local")),
                Optional.of(others.endpoint()),
                Duration.ofSeconds(20));
        direct = NearbyTables.at(tables.endpoint()).orElseThrow();
    }

    @AfterAll
    static void stop() {
        http.close();
        tables.close();
        others.close();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static Map<String, AttributeValue> key(String name, int number) {
        return Map.of("name", text(name), "number", AttributeValue.fromN(String.valueOf(number)));
    }

    /** One of every type that an attribute may have. */
    private static Map<String, AttributeValue> item(String name, int number) {
        return Map.of(
                "name", text(name),
                "number", AttributeValue.fromN(String.valueOf(number)),
                "empty", text(""),
                "bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")),
                "yes", AttributeValue.fromBool(true),
                "nothing", AttributeValue.fromNul(true),
                "texts", AttributeValue.fromSs(List.of("a", "b")),
                "list", AttributeValue.fromL(List.of(text("x"), AttributeValue.fromN("1"))),
                "map", AttributeValue.fromM(Map.of("inner", text("y"), "none", AttributeValue.fromM(Map.of()))),
                "none", AttributeValue.fromL(List.of()));
    }

    private static TransactWriteItem first(String table, String name) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(item(name, 1))
                        .conditionExpression("attribute_not_exists(#name)")
                        .expressionAttributeNames(Map.of("#name", "name"))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private static void make(DynamoDbClient client, String table) {
        client.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName("name")
                                .keyType(KeyType.HASH)
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName("number")
                                .keyType(KeyType.RANGE)
                                .build())
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName("name")
                                .attributeType(ScalarAttributeType.S)
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName("number")
                                .attributeType(ScalarAttributeType.N)
                                .build()));
    }

    private static List<Function<DynamoDbClient, Object>> requests(String table) {
        List<Function<DynamoDbClient, Object>> requests = new ArrayList<>();
        requests.add(client -> client.getItem(get -> get.tableName(table).key(key("nobody", 1))));
        requests.add(client -> client.putItem(put -> put.tableName(table).item(item("a", 1))));
        requests.add(client ->
                client.putItem(put -> put.tableName(table).item(item("a", 1)).returnValues(ReturnValue.ALL_OLD)));
        requests.add(client ->
                client.getItem(get -> get.tableName(table).key(key("a", 1)).consistentRead(true)));
        requests.add(client -> client.updateItem(update -> update.tableName(table)
                .key(key("a", 2))
                .updateExpression("SET hits = if_not_exists(hits, :none) + :one REMOVE gone")
                .expressionAttributeValues(
                        Map.of(":none", AttributeValue.fromN("0"), ":one", AttributeValue.fromN("1")))
                .returnValues(ReturnValue.ALL_NEW)));
        requests.add(client -> client.updateItem(
                update -> update.tableName(table).key(key("a", 3)).updateExpression("SET hits = missing")));
        requests.add(client -> client.putItem(put -> put.tableName(table)
                .item(item("a", 1))
                .conditionExpression("attribute_not_exists(#name)")
                .expressionAttributeNames(Map.of("#name", "name"))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        requests.add(client -> client.deleteItem(
                delete -> delete.tableName(table).key(key("a", 9)).conditionExpression("attribute_exists(hits)")));
        requests.add(client ->
                client.transactWriteItems(write -> write.transactItems(first(table, "b"), first(table, "c"))));
        requests.add(client ->
                client.transactWriteItems(write -> write.transactItems(first(table, "d"), first(table, "c"))));
        requests.add(client ->
                client.transactWriteItems(write -> write.transactItems(first(table, "e"), first(table, "e"))));
        requests.add(client -> client.batchWriteItem(write -> write.requestItems(Map.of(
                table,
                List.of(
                        WriteRequest.builder()
                                .putRequest(
                                        PutRequest.builder().item(item("a", 4)).build())
                                .build(),
                        WriteRequest.builder()
                                .putRequest(
                                        PutRequest.builder().item(item("a", 5)).build())
                                .build())))));
        requests.add(client -> client.batchGetItem(get -> get.requestItems(Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(List.of(key("a", 4), key("a", 99)))
                        .build()))));
        requests.add(client -> client.query(query -> query.tableName(table)
                .limit(2)
                .keyConditionExpression("#name = :a")
                .expressionAttributeNames(Map.of("#name", "name"))
                .expressionAttributeValues(Map.of(":a", text("a")))));
        requests.add(client -> client.query(query -> query.tableName(table)
                .keyConditionExpression("#name = :a")
                .expressionAttributeNames(Map.of("#name", "name"))
                .expressionAttributeValues(Map.of(":a", text("nobody")))));
        requests.add(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .limit(1)
                        .keyConditionExpression("#name = :a")
                        .expressionAttributeNames(Map.of("#name", "name"))
                        .expressionAttributeValues(Map.of(":a", text("a"))))
                .items()
                .stream()
                .toList());
        requests.add(client -> client.query(query -> query.tableName(table).keyConditionExpression("oddly")));
        requests.add(client -> client.getItem(get -> get.tableName("not-there").key(key("a", 1))));
        requests.add(client -> client.putItem(put -> put.tableName(table).item(Map.of("name", text("a")))));
        requests.add(client -> client.putItem(put ->
                put.tableName(table).item(Map.of("name", text("x".repeat(500_000)), "number", text("1")))));
        requests.add(client -> client.listTables().hasTableNames());
        return requests;
    }

    /** A result as its members and what is absent among them; of an exception its kind and what code asks it. */
    private static Object seen(Function<DynamoDbClient, Object> request, DynamoDbClient client) {
        try {
            Object result = request.apply(client);
            return result instanceof SdkPojo pojo
                    ? pojo.sdkFields().stream()
                            .map(field -> Arrays.asList(
                                    field.memberName(),
                                    field.getValueOrDefault(result),
                                    isAbsent(field.getValueOrDefault(result))))
                            .toList()
                    : result;
        } catch (DynamoDbException e) {
            return List.of(
                    e.getClass().getName(),
                    e.statusCode(),
                    e.isThrottlingException(),
                    String.valueOf(e.awsErrorDetails().errorCode()),
                    e instanceof ConditionalCheckFailedException failed ? failed.item() : "",
                    e instanceof TransactionCanceledException cancelled ? cancelled.cancellationReasons() : "");
        }
    }

    /** Empty and absent are two things. */
    private static boolean isAbsent(Object value) {
        return value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?>;
    }

    @Test
    void everyResultAndEveryExceptionIsThatOfHttp() {
        make(http, "things");
        make(direct, "things");
        List<Function<DynamoDbClient, Object>> requests = requests("things");

        for (int number = 0; number < requests.size(); number++) {
            assertThat(seen(requests.get(number), direct))
                    .as("request %s", number)
                    .isEqualTo(seen(requests.get(number), http));
        }
    }

    @Test
    void closingItClosesItForNobodyElse() {
        make(direct, "stays-open");
        NearbyTables.at(tables.endpoint()).orElseThrow().close();

        assertThat(direct.describeTable(describe -> describe.tableName("stays-open"))
                        .table()
                        .tableName())
                .isEqualTo("stays-open");
    }

    @Test
    void whileTablesMisbehaveItMeetsThatToo() {
        try (EmbeddedTables unruly = EmbeddedTables.start(Optional.empty(), 0, TableChaos.parse("conflict"))) {
            DynamoDbClient client = NearbyTables.at(unruly.endpoint()).orElseThrow();

            assertThatThrownBy(() -> client.putItem(put -> put.tableName("any").item(item("a", 1))))
                    .isInstanceOf(TransactionConflictException.class);
        }
    }
}
