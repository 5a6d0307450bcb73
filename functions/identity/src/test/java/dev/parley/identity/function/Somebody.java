package dev.parley.identity.function;

import dev.parley.contracts.Wire;
import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** A person with an account of a name nobody else has, at an address of their own, and what the function told outside about them. */
final class Somebody {
    static final String PASSWORD = "Correct-horse-7";
    static final String NEW_PASSWORD = "Better-horse-8";

    private static final SecureRandom RANDOM = new SecureRandom();

    // Far ahead, so that the store itself collects nothing while a test looks.
    final HandMovedClock clock = new HandMovedClock(Instant.parse("2030-11-01T12:00:00.123456Z"));
    final String name = "ada_" + Integer.toHexString(RANDOM.nextInt(1 << 30));
    final String email = name + "@example.org";
    final String id;
    final ApiClient client;
    private final Stores stores;

    Somebody(Stores stores) {
        this.stores = stores;
        this.client = function(Map.of(), outbox -> outbox);
        this.id = client.post(
                        "/api/v1/register",
                        Map.of("username", name, "email", email, "password", PASSWORD, "nickname", "Ada"))
                .data()
                .path("id")
                .asString();
    }

    /** The function once more, over the same stores. */
    ApiClient function(Map<String, String> more, UnaryOperator<Outbox> outbox) {
        return ApiClient.of(IdentityFunction.router(settings(more), clock, RANDOM, outbox))
                .from("203.0.113." + RANDOM.nextInt(256) + ":" + RANDOM.nextInt());
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", "http://localhost:8800");
        values.put("DATABASE_POOL_SIZE", "4");
        values.putAll(more);
        return Settings.of(values);
    }

    Reply login(ApiClient from, String password) {
        return from.post("/api/v1/login", Map.of("username", name, "password", password));
    }

    JsonNode signedIn(ApiClient from) {
        return login(from, PASSWORD).data();
    }

    static ApiClient as(ApiClient client, JsonNode session) {
        return client.bearer(session.path("token").asString());
    }

    Reply refresh(JsonNode session) {
        return client.post(
                "/api/v1/refresh-token",
                Map.of("refresh_token", session.path("refresh_token").asString()));
    }

    /** What was told outside about this account, by type, oldest first. */
    List<Map<String, String>> told(String type) {
        return told(Tables.OUTBOX, type);
    }

    /** The same, of what functions inside the private network were told. */
    List<Map<String, String>> toldInside(String type) {
        return told(Tables.INBOX, type);
    }

    /** The same, of what messaging was told. */
    List<Map<String, String>> toldMessaging(String type) {
        return told(Tables.CHANGES, type);
    }

    /** Hands what the function left itself to it, as the stream does. @return whether it took all of it */
    boolean tellsItself(String type) {
        try (Dynamo dynamo = Dynamo.of(settings(Map.of()))) {
            List<Map<String, Object>> records = dynamo
                    .call(client -> client.query(query -> query.tableName(dynamo.name(Tables.INBOX))
                            .keyConditionExpression("subject = :subject")
                            .expressionAttributeValues(Map.of(":subject", AttributeValue.fromS(id)))))
                    .items()
                    .stream()
                    .filter(item -> Items.requiredText(item, "type").equals(type))
                    .map(this::record)
                    .toList();
            byte[] event = Wire.writeBytes(Map.of("Records", records));
            return Wire.json()
                    .readTree(client.router().handle(event))
                    .path("batchItemFailures")
                    .isEmpty();
        }
    }

    private Map<String, Object> record(Map<String, AttributeValue> item) {
        return Map.of(
                "eventSource",
                "aws:dynamodb",
                "eventName",
                "INSERT",
                "dynamodb",
                Map.of(
                        "SequenceNumber",
                        "1",
                        "Keys",
                        Map.of("subject", Map.of("S", id)),
                        "NewImage",
                        Map.of(
                                "id", Map.of("S", Items.requiredText(item, "id")),
                                "type", Map.of("S", Items.requiredText(item, "type")),
                                "subject", Map.of("S", id),
                                "at", Map.of("N", String.valueOf(Items.number(item, "at", 0))),
                                "data", Map.of("M", Map.of("user_id", Map.of("S", id))))));
    }

    private List<Map<String, String>> told(Tables table, String type) {
        try (Dynamo dynamo = Dynamo.of(settings(Map.of()))) {
            return dynamo
                    .call(client -> client.query(query -> query.tableName(dynamo.name(table))
                            .keyConditionExpression("subject = :subject")
                            .expressionAttributeValues(Map.of(":subject", AttributeValue.fromS(id)))))
                    .items()
                    .stream()
                    .filter(item -> Items.requiredText(item, "type").equals(type))
                    .sorted(Comparator.comparing(item -> Items.number(item, "at", 0)))
                    .map(item -> Items.textMap(item, "data"))
                    .toList();
        }
    }
}
