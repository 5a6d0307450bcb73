package dev.parley.files.function;

import dev.parley.contracts.Wire;
import dev.parley.contracts.files.FileLimits;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.files.Blobs;
import dev.parley.files.InMemoryBlobs;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Person;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.nodes.LiveRows;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** The function over real stores of its own, with people, conversations and a meeting that a test makes. */
final class FilesWorld implements AutoCloseable {
    static final String ROOM = "abc-defg-hij";

    final HandMovedClock clock = new HandMovedClock(Instant.now());
    final InMemoryBlobs blobs = new InMemoryBlobs(clock);
    final Dynamo dynamo;
    private final Stores stores;
    private final Settings settings;
    private final EventRouter router;

    FilesWorld() {
        this(Stores.temporary(), Map.of());
    }

    FilesWorld(Stores stores, Map<String, String> more) {
        this.stores = stores;
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("DATABASE_POOL_SIZE", "6");
        values.putAll(more);
        this.settings = Settings.of(values);
        this.dynamo = Dynamo.of(settings);
        this.router = over(blobs);
    }

    /** The function once more, over the same stores and other bytes. */
    EventRouter over(Blobs bytes) {
        return FilesFunction.router(settings, clock, bytes);
    }

    @Override
    public void close() {
        dynamo.close();
        stores.close();
    }

    /** A reply of the function. */
    record Reply(int status, JsonNode body) {
        JsonNode data() {
            return body.path("data");
        }

        String error() {
            return body.path("error").asString("");
        }
    }

    /** Somebody who calls. */
    final class Caller {
        final String id;
        private final String token;
        private final EventRouter function;

        private Caller(String id, String token, EventRouter function) {
            this.id = id;
            this.token = token;
            this.function = function;
        }

        Caller at(EventRouter other) {
            return new Caller(id, token, other);
        }

        Reply get(String path) {
            return send("GET", path, null);
        }

        Reply post(String path, Object body) {
            return send("POST", path, body);
        }

        Reply delete(String path) {
            return send("DELETE", path, null);
        }

        Reply send(String method, String path, Object body) {
            String[] parts = path.split("\\?", 2);
            Map<String, Object> event = new HashMap<>();
            event.put("httpMethod", method);
            event.put("path", "/api/v1" + parts[0]);
            event.put(
                    "headers",
                    token.isEmpty()
                            ? Map.of("Content-Type", "application/json")
                            : Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token));
            Map<String, String> query = new HashMap<>();
            if (parts.length > 1) {
                for (String pair : parts[1].split("&")) {
                    query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
                }
            }
            event.put("queryStringParameters", query);
            event.put("body", body == null ? null : Wire.write(body));
            event.put("requestContext", Map.of("requestId", "r", "identity", Map.of("sourceIp", "192.0.2.7")));
            JsonNode reply = Wire.json().readTree(function.handle(Wire.writeBytes(event)));
            return new Reply(
                    reply.path("statusCode").asInt(),
                    Wire.tree(reply.path("body").asString()));
        }

        /** Uploads and completes a file. */
        Reply upload(String name, String type, byte[] bytes) {
            Reply begun = post("/files", draft(name, type, bytes));
            String fileId = begun.data().path("file").path("file_id").asString();
            sendParts(bytes, begun.data().path("upload"));
            return post("/files/" + fileId + "/complete", null);
        }

        /** Uploads a file, which is ready then. @return its id */
        String ready(String name, byte[] bytes) {
            Reply done = upload(name, "text/plain", bytes);
            if (done.status() != 200 || !done.data().path("state").asString().equals("ready")) {
                throw new AssertionError("not ready: " + done);
            }
            return done.data().path("file_id").asString();
        }
    }

    Caller user(String name) {
        new DynamoPeople(dynamo).put(Person.of("u_" + name, "Name of " + name, ""));
        return caller("u_" + name, AccessClaims.user("u_" + name, "s_" + name, 0, Role.USER, "Name of " + name));
    }

    Caller admin(String name) {
        return caller("u_" + name, AccessClaims.user("u_" + name, "s_" + name, 0, Role.ADMIN, "Name of " + name));
    }

    Caller guest(String name) {
        return caller("g_" + name, AccessClaims.guest("g_" + name, name, ROOM, "key-" + name));
    }

    Caller nobody() {
        return new Caller("", "", router);
    }

    Caller withToken(String id, String token) {
        return new Caller(id, token, router);
    }

    private Caller caller(String id, AccessClaims claims) {
        String token = JwtIssuer.access(KeyFolder.of(settings).load(KeyFolder.Name.ACCESS), clock)
                .issue(Audience.API, claims)
                .token();
        return new Caller(id, token, router);
    }

    /** What somebody says of bytes they have. */
    static Map<String, Object> draft(String name, String type, byte[] bytes) {
        List<String> chunks = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += FileLimits.CHUNK_BYTES) {
            chunks.add(hex(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + FileLimits.CHUNK_BYTES))));
        }
        return new HashMap<>(
                Map.of("name", name, "size", bytes.length, "sha256", hex(bytes), "type", type, "chunks", chunks));
    }

    /** Sends what is asked for. @return how many parts the store took */
    int sendParts(byte[] bytes, JsonNode upload) {
        int taken = 0;
        for (JsonNode address : upload.path("addresses")) {
            int from = (address.path("part").asInt() - 1) * FileLimits.CHUNK_BYTES;
            byte[] part =
                    Arrays.copyOfRange(bytes, from, from + address.path("size").asInt());
            if (blobs.send(address.path("url").asString(), part)) {
                taken++;
            }
        }
        return taken;
    }

    static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A group with these people, as messaging keeps it. */
    String group(String id, Caller... people) {
        for (Caller person : people) {
            write(
                    Tables.CONVERSATIONS,
                    Map.of(
                            "conversation_id", Items.text(id),
                            "item", Items.text("M#" + person.id),
                            "user_id", Items.text(person.id)));
        }
        return id;
    }

    void leave(String conversationId, Caller person) {
        dynamo.call(client -> client.deleteItem(delete -> delete.tableName(dynamo.name(Tables.CONVERSATIONS))
                .key(Map.of("conversation_id", Items.text(conversationId), "item", Items.text("M#" + person.id)))));
    }

    /** Notes that somebody was removed from a meeting, as messaging does. */
    void bar(String conversationId, Caller person) {
        write(
                Tables.CONVERSATIONS,
                Map.of(
                        "conversation_id", Items.text(conversationId),
                        "item", Items.text("M#" + person.id),
                        "user_id", Items.text(person.id),
                        "barred", AttributeValue.fromBool(true)));
    }

    /** A meeting that goes on, with these people in it. */
    void meeting(Caller... people) {
        write(
                Tables.LIVE_MEETINGS,
                Map.of(
                        LiveRows.MEETING_ID, Items.text(ROOM),
                        LiveRows.ITEM, Items.text(LiveRows.LIVE),
                        LiveRows.STATUS, Items.text(LiveRows.ACTIVE),
                        LiveRows.TITLE, Items.text("Standup")));
        for (Caller person : people) {
            seat(person, LiveRows.JOINED);
        }
    }

    void seat(Caller person, String state) {
        write(
                Tables.LIVE_MEETINGS,
                Map.of(
                        LiveRows.MEETING_ID, Items.text(ROOM),
                        LiveRows.ITEM, Items.text(LiveRows.PARTICIPANT + ParticipantIds.of(ROOM, person.id)),
                        LiveRows.USER_ID, Items.text(person.id),
                        LiveRows.ROLE, Items.text("participant"),
                        LiveRows.STATE, Items.text(state)));
    }

    void write(Tables table, Map<String, AttributeValue> item) {
        dynamo.call(client ->
                client.putItem(put -> put.tableName(dynamo.name(table)).item(item)));
    }

    /** What was written into an outbox about a subject, oldest first: type and data. */
    List<Map.Entry<String, Map<String, String>>> told(Tables table, String subject) {
        return items(table, subject).stream()
                .map(item -> Map.entry(Items.requiredText(item, "type"), Items.textMap(item, "data")))
                .toList();
    }

    private List<Map<String, AttributeValue>> items(Tables table, String subject) {
        return dynamo
                .call(client -> client.query(query -> query.tableName(dynamo.name(table))
                        .keyConditionExpression("subject = :id")
                        .expressionAttributeValues(Map.of(":id", Items.text(subject)))
                        .consistentRead(true)))
                .items()
                .stream()
                .sorted(Comparator.comparing(item -> Items.number(item, "at", 0)))
                .toList();
    }

    /** Hands what the function left itself to do of a subject to it, as the stream does. */
    void work(String subject) {
        work(subject, router);
    }

    /** The same, over other bytes. */
    void work(String subject, EventRouter function) {
        stream(items(Tables.FILE_WORK, subject).stream().map(FilesWorld::json).toList(), subject, function);
    }

    /** Tells the function something that happened to an account. */
    void happened(String type, String userId) {
        Map<String, Object> image = Map.of(
                "subject", Map.of("S", userId),
                "id", Map.of("S", "e_1"),
                "type", Map.of("S", type),
                "at", Map.of("N", "1"),
                "data", Map.of("M", Map.of("user_id", Map.of("S", userId))));
        stream(List.of(image), userId, router);
    }

    private void stream(List<Map<String, Object>> images, String subject, EventRouter function) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Map<String, Object> image : images) {
            records.add(Map.of(
                    "eventSource",
                    "aws:dynamodb",
                    "eventName",
                    "INSERT",
                    "dynamodb",
                    Map.of("SequenceNumber", "1", "Keys", Map.of("subject", Map.of("S", subject)), "NewImage", image)));
        }
        JsonNode answer = Wire.json().readTree(function.handle(Wire.writeBytes(Map.of("Records", records))));
        if (!answer.path("batchItemFailures").isEmpty()) {
            throw new AssertionError("not taken: " + answer);
        }
    }

    void sweep() {
        router.handle(Wire.writeBytes(Map.of("detail-type", "Scheduled Event", "detail", Map.of())));
    }

    private static Map<String, Object> json(Map<String, AttributeValue> item) {
        Map<String, Object> json = new TreeMap<>();
        item.forEach((name, value) -> json.put(
                name,
                value.s() != null
                        ? Map.of("S", value.s())
                        : value.n() != null ? Map.of("N", value.n()) : Map.of("M", json(value.m()))));
        return json;
    }
}
