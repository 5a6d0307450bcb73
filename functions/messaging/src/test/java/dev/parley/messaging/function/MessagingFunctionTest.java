package dev.parley.messaging.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Person;
import dev.parley.kernel.Role;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoChanges;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.nodes.LiveRows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;

/** The function as wired for production, on the real stores, with the gateway's events. */
@Tag("component")
class MessagingFunctionTest {
    private static final String ROOM = "abc-defg-hij";
    private static Stores stores;
    private static Settings settings;
    private static Dynamo dynamo;
    private static SqsClient sqs;
    private static String shares;

    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final RecordedPush push = new RecordedPush();
    private final EventRouter router = MessagingFunction.router(settings, clock, () -> push);

    @BeforeAll
    static void open() {
        stores = Stores.temporary();
        sqs = AwsClients.build(
                SqsClient.builder(),
                stores.settings(),
                stores.settings().uri(SettingKeys.SQS_ENDPOINT),
                Duration.ofSeconds(4));
        String name = stores.values().get(SettingKeys.TABLE_PREFIX) + "shares";
        shares = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put(SettingKeys.MESSAGING_QUEUE, shares);
        settings = Settings.of(values);
        dynamo = Dynamo.of(settings);
    }

    @AfterAll
    static void close() {
        sqs.deleteQueue(request -> request.queueUrl(shares));
        sqs.close();
        dynamo.close();
        stores.close();
    }

    @BeforeEach
    void people() {
        for (String name : List.of("ana", "ben", "eve")) {
            new DynamoPeople(dynamo).put(Person.of("u_" + name, "Name of " + name, ""));
            socket(name, "c_" + name);
        }
    }

    private void socket(String name, String connectionId) {
        write(
                Tables.CONNECTIONS,
                Map.of(
                        "connection_id", Items.text(connectionId),
                        "user_id", Items.text("u_" + name),
                        "expires_at", Items.expiry(clock.instant().plus(Duration.ofHours(2)))));
    }

    private static void share(String conversation, String fileId, String name, long size, String type) {
        write(
                Tables.FILE_SHARES,
                Map.of(
                        "conversation_id", Items.text(conversation),
                        "file_id", Items.text(fileId),
                        "name", Items.text(name),
                        "size", Items.number(size),
                        "type", Items.text(type)));
    }

    private static void write(Tables table, Map<String, AttributeValue> item) {
        dynamo.call(client ->
                client.putItem(put -> put.tableName(dynamo.name(table)).item(item)));
    }

    private JsonNode send(Map<String, Object> event) {
        return Wire.json().readTree(router.handle(Wire.writeBytes(event)));
    }

    /** @return the status and what is in the envelope */
    private JsonNode rest(String name, String method, String path, Map<String, List<String>> query, String body) {
        String access = JwtIssuer.access(KeyFolder.of(settings).load(KeyFolder.Name.ACCESS), clock)
                .issue(Audience.API, AccessClaims.user("u_" + name, "s_" + name, 0, Role.USER, "Name of " + name))
                .token();
        Map<String, Object> event = new HashMap<>();
        event.put("path", "/api/v1" + path);
        event.put("httpMethod", method);
        event.put(
                "multiValueHeaders",
                Map.of("Authorization", List.of("Bearer " + access), "Content-Type", List.of("application/json")));
        event.put("multiValueQueryStringParameters", query);
        event.put("requestContext", Map.of("requestId", "r", "identity", Map.of("sourceIp", "192.0.2.7")));
        if (body != null) {
            event.put("body", body.replace('\'', '"'));
        }
        return Wire.tree(send(event).path("body").asString());
    }

    private JsonNode rest(String name, String method, String path, String body) {
        return rest(name, method, path, Map.of(), body);
    }

    private void frame(String name, String connectionId, String body) {
        Map<String, Object> context = new HashMap<>(Map.of(
                "eventType", "MESSAGE",
                "routeKey", "message",
                "connectionId", connectionId,
                "domainName", "localhost",
                "stage", "local",
                "requestId", "r"));
        context.put(
                "authorizer",
                Map.of("user_id", "u_" + name, "session_id", "s_" + name, "role", "user", "name", "Name of " + name));
        assertThat(send(Map.of("requestContext", context, "body", body.replace('\'', '"')))
                        .path("statusCode")
                        .asInt())
                .isEqualTo(200);
    }

    private String direct(String one, String other) {
        return rest(one, "POST", "/conversations", "{'kind':'direct','user_id':'u_" + other + "'}")
                .path("data")
                .path("conversation_id")
                .asString();
    }

    /** Hands what stands in Changes to the function, as its stream does. */
    private void stream(String conversation) {
        var items = dynamo.call(client -> client.query(query -> query.tableName(dynamo.name(Tables.CHANGES))
                        .keyConditionExpression("subject = :id")
                        .expressionAttributeValues(Map.of(":id", Items.text(conversation)))))
                .items();
        List<Map<String, Object>> records = items.stream()
                .map(item -> Map.<String, Object>of(
                        "eventSource",
                        "aws:dynamodb",
                        "eventName",
                        "INSERT",
                        "dynamodb",
                        Map.of(
                                "SequenceNumber",
                                Items.requiredText(item, "id"),
                                "Keys",
                                Map.of("subject", Map.of("S", conversation)),
                                "NewImage",
                                json(item))))
                .toList();
        assertThat(send(Map.of("Records", records)).path("batchItemFailures")).isEmpty();
    }

    private static Map<String, Object> json(Map<String, AttributeValue> item) {
        Map<String, Object> json = new HashMap<>();
        item.forEach((name, value) -> json.put(
                name,
                value.s() != null
                        ? Map.of("S", value.s())
                        : value.n() != null ? Map.of("N", value.n()) : Map.of("M", json(value.m()))));
        return json;
    }

    private int found(String name, String question) {
        return rest(name, "GET", "/search", Map.of("q", List.of(question)), null)
                .path("data")
                .path("list")
                .size();
    }

    @Test
    void twoWriteToEachOther() {
        String id = direct("ana", "ben");
        assertThat(direct("ben", "ana")).isEqualTo(id);
        push.read("c_ana");
        push.read("c_ben");
        share(id, "f_1", "a.png", 3, "image/png");
        frame(
                "ana",
                "c_ana",
                "{'type':'message','id':'1','conversation_id':'" + id
                        + "','client_msg_id':'k','text':'Grüße aus 北京','mentions':['u_ben'],"
                        + "'attachments':[{'file_id':'f_1'}]}");
        assertThat(push.read("c_ana").getFirst().path("seq").asLong()).isEqualTo(1);
        JsonNode told = push.read("c_ben").getFirst();
        assertThat(told.path("message").path("attachments").get(0).path("name").asString())
                .isEqualTo("a.png");
        JsonNode listed = rest("ben", "GET", "/conversations", null)
                .path("data")
                .path("list")
                .get(0);
        assertThat(listed.path("unread").asInt()).isEqualTo(1);
        assertThat(listed.path("mentions").asInt()).isEqualTo(1);
        assertThat(listed.path("last_message")).isEqualTo(told.path("message"));
        assertThat(rest("ben", "POST", "/conversations/" + id + "/read", "{'seq':1}")
                        .path("data")
                        .path("unread")
                        .asInt(-1))
                .isZero();
        push.read("c_ben");
        JsonNode reacted = rest("ben", "POST", "/conversations/" + id + "/messages/1/reactions", "{'emoji':'👍'}");
        assertThat(reacted.path("data").path("reactions").get(0).path("count").asInt())
                .isEqualTo(1);
        rest("ben", "DELETE", "/conversations/" + id + "/messages/1/reactions/%F0%9F%91%8D", null);
        JsonNode changes = rest("ben", "GET", "/conversations/" + id + "/changes", Map.of("after", List.of("1")), null)
                .path("data");
        assertThat(changes.path("list")).hasSize(3);
        assertThat(changes.path("list").get(2).path("message").has("reactions")).isFalse();
        assertThat(rest("eve", "GET", "/conversations/" + id + "/messages", null)
                        .path("error")
                        .asString())
                .isEqualTo("conversation.not_found");
    }

    @Test
    void theIndexFollowsWhatHappens() {
        String id = direct("ana", "eve");
        rest("ana", "POST", "/conversations/" + id + "/messages", "{'client_msg_id':'k1','text':'Das Café in 北京'}");
        rest("ana", "POST", "/conversations/" + id + "/messages", "{'client_msg_id':'k2','text':'Noch ein Cafe'}");
        stream(id);
        assertThat(found("eve", "cafe")).isEqualTo(2);
        assertThat(found("eve", "北京")).isEqualTo(1);
        assertThat(found("eve", "caf n")).isEqualTo(1);
        assertThat(found("ben", "cafe")).isZero();
        rest("ana", "PUT", "/conversations/" + id + "/messages/1", "{'text':'Das Lokal'}");
        rest("ana", "DELETE", "/conversations/" + id + "/messages/2", null);
        assertThat(found("eve", "cafe")).isZero();
        stream(id);
        stream(id);
        assertThat(found("eve", "lokal")).isEqualTo(1);
        var left = dynamo.call(client -> client.query(query -> query.tableName(dynamo.name(Tables.WORDS))
                        .keyConditionExpression("conversation_id = :id")
                        .expressionAttributeValues(Map.of(":id", Items.text(id)))))
                .items();
        assertThat(left)
                .extracting(item -> Items.requiredText(item, "word"))
                .as("nothing is left of what was taken back")
                .containsExactlyInAnyOrder("#000000000001", "das#000000000001", "lokal#000000000001");
    }

    @Test
    void aMeetingsChatIsKeptAndReachesTheRoom() {
        write(
                Tables.LIVE_MEETINGS,
                Map.of(
                        LiveRows.MEETING_ID, Items.text(ROOM),
                        LiveRows.ITEM, Items.text(LiveRows.LIVE),
                        LiveRows.STATUS, Items.text(LiveRows.ACTIVE),
                        LiveRows.HOST_ID, Items.text("u_ana"),
                        LiveRows.TITLE, Items.text("Standup"),
                        LiveRows.SETTINGS, Items.text("{\"enable_chat\":true}")));
        for (String name : List.of("ana", "ben")) {
            write(
                    Tables.LIVE_MEETINGS,
                    Map.of(
                            LiveRows.MEETING_ID, Items.text(ROOM),
                            LiveRows.ITEM, Items.text(LiveRows.PARTICIPANT + ParticipantIds.of(ROOM, "u_" + name)),
                            LiveRows.USER_ID, Items.text("u_" + name),
                            LiveRows.DISPLAY_NAME, Items.text("Seat of " + name),
                            LiveRows.ROLE, Items.text("participant"),
                            LiveRows.STATE, Items.text(LiveRows.JOINED)));
            write(
                    Tables.ROOM_MEMBERS,
                    Map.of(
                            "room_shard", Items.text("ROOM#" + ROOM + "#0"),
                            "connection_id", Items.text("c_" + name),
                            "user_id", Items.text("u_" + name),
                            "display_name", Items.text("Seat of " + name),
                            "expires_at", Items.expiry(clock.instant().plus(Duration.ofHours(1)))));
        }
        frame("ana", "c_ana", "{'type':'chat','id':'1','room_id':'" + ROOM + "','client_msg_id':'k','text':'hi'}");
        assertThat(push.read("c_ana").getFirst().path("seq").asLong()).isEqualTo(1);
        assertThat(push.read("c_ben"))
                .singleElement()
                .satisfies(heard -> assertThat(heard.path("type").asString()).isEqualTo("chat"));
        assertThat(rest("ben", "GET", "/conversations/m_" + ROOM + "/messages", null)
                        .path("data")
                        .path("list"))
                .hasSize(1);
        assertThat(rest("eve", "GET", "/conversations/m_" + ROOM, null)
                        .path("error")
                        .asString())
                .isEqualTo("conversation.not_found");
    }

    /** Hands what stands in the queue of shares to the function, as its mapping does. @return how many there were */
    private int deliverShares() {
        int handed = 0;
        while (true) {
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(shares).maxNumberOfMessages(2))
                    .messages();
            if (messages.isEmpty()) {
                return handed;
            }
            List<Map<String, Object>> records = messages.stream()
                    .map(message -> Map.<String, Object>of(
                            "messageId", message.messageId(),
                            "receiptHandle", message.receiptHandle(),
                            "body", message.body(),
                            "attributes", Map.of("ApproximateReceiveCount", "1", "SentTimestamp", "1"),
                            "eventSource", "aws:sqs"))
                    .toList();
            assertThat(send(Map.of("Records", records)).path("batchItemFailures"))
                    .isEmpty();
            messages.forEach(message ->
                    sqs.deleteMessage(request -> request.queueUrl(shares).receiptHandle(message.receiptHandle())));
            handed += messages.size();
        }
    }

    private static String users(List<String> names) {
        return names.stream().map(name -> "'u_" + name + "'").collect(Collectors.joining(","));
    }

    @Test
    void moreThanFiftyAreToldFromTheQueueAndWhoeverIsGoneIsForgotten() {
        List<String> names =
                IntStream.rangeClosed(1, 119).mapToObj(i -> "many" + i).toList();
        for (String name : names) {
            new DynamoPeople(dynamo).put(Person.of("u_" + name, "Name of " + name, ""));
            socket(name, "c_" + name);
        }
        String id = rest(
                        "ana",
                        "POST",
                        "/conversations",
                        "{'kind':'group','title':'All','user_ids':[" + users(names.subList(0, 80)) + "]}")
                .path("data")
                .path("conversation_id")
                .asString();
        rest(
                "ana",
                "POST",
                "/conversations/" + id + "/members",
                "{'user_ids':[" + users(names.subList(80, 119)) + "]}");
        deliverShares();
        names.forEach(name -> push.read("c_" + name));
        push.gone.add("c_many7");

        rest("ana", "POST", "/conversations/" + id + "/messages", "{'client_msg_id':'k','text':'hello'}");
        assertThat(push.read("c_many1")).isEmpty();
        assertThat(deliverShares()).isEqualTo(3);
        for (String name : names) {
            if (!name.equals("many7")) {
                assertThat(push.read("c_" + name))
                        .as(name)
                        .singleElement()
                        .satisfies(told -> assertThat(
                                        told.path("message").path("text").asString())
                                .isEqualTo("hello"));
            }
        }
        assertThat(dynamo.call(client -> client.getItem(get -> get.tableName(dynamo.name(Tables.CONNECTIONS))
                                .key(Map.of("connection_id", Items.text("c_many7")))))
                        .item())
                .isEmpty();
        assertThat(deliverShares()).isZero();
    }

    @Test
    void presenceEndsWithItsLeaseAndCursorsAreKept() {
        String id = direct("ben", "eve");
        frame("ben", "c_ben", "{'type':'presence','id':'1','state':'online'}");
        push.read("c_eve");
        frame("eve", "c_eve", "{'type':'presence','id':'1','state':'online','watch':true}");
        assertThat(push.read("c_eve")
                        .getFirst()
                        .path("people")
                        .get(0)
                        .path("user_id")
                        .asString())
                .isEqualTo("u_ben");
        String since =
                rest("ben", "GET", "/sync", null).path("data").path("since").asString();
        rest("eve", "POST", "/conversations/" + id + "/messages", "{'client_msg_id':'k','text':'hello'}");
        JsonNode missed = rest("ben", "GET", "/sync", Map.of("since", List.of(since)), null)
                .path("data");
        assertThat(missed.path("changes")).hasSize(1);
        assertThat(missed.path("resync").asBoolean(true)).isFalse();
        push.read("c_eve");
        new DynamoChanges(dynamo)
                .append(OutboxEvent.once(
                        "socket.closed",
                        "u_ben",
                        "c_ben",
                        clock.instant(),
                        Map.of("user_id", "u_ben", "connection_id", "c_ben")));
        stream("u_ben");
        assertThat(push.read("c_eve"))
                .singleElement()
                .satisfies(told -> assertThat(
                                told.path("people").get(0).path("state").asString())
                        .isEqualTo("away"));
        push.gone.add("c_ben");
        rest("eve", "POST", "/conversations/" + id + "/messages", "{'client_msg_id':'k2','text':'hello?'}");
        assertThat(dynamo.call(client -> client.getItem(get -> get.tableName(dynamo.name(Tables.CONNECTIONS))
                                .key(Map.of("connection_id", Items.text("c_ben")))))
                        .item())
                .isEmpty();
    }
}
