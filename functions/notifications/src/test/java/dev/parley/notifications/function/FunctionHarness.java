package dev.parley.notifications.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Person;
import dev.parley.kernel.Role;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.notifications.Mail;
import dev.parley.notifications.MailException;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoPeople;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.lambda.EventRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;

/** The function as wired for production, on the real tables and the real queue; what other functions write there is written by hand. */
abstract class FunctionHarness {
    static final String MEETING = "abc-defg-hij";
    static final String DIRECT = "d_1";
    static final String GROUP = "c_1";

    final HandMovedClock clock = new HandMovedClock(Instant.now());
    final RecordedPush push = new RecordedPush();
    final RecordedBrowsers browsers = new RecordedBrowsers();
    final RecordedTexts texts = new RecordedTexts();
    final List<Mail> mails = new ArrayList<>();
    boolean mailsFail;
    private int events;
    Stores stores;
    Settings settings;
    Dynamo dynamo;
    private SqsClient sqs;
    private String queue;
    private final List<String> later = new ArrayList<>();
    EventRouter router;

    @BeforeEach
    void open() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put(SettingKeys.PUBLIC_URL, "https://meet.example.org");
        sqs = AwsClients.build(
                SqsClient.builder(),
                stores.settings(),
                stores.settings().uri(SettingKeys.SQS_ENDPOINT),
                Duration.ofSeconds(4));
        String name = stores.values().get(SettingKeys.TABLE_PREFIX) + "deliveries";
        queue = sqs.createQueue(
                        request -> request.queueName(name).attributesWithStrings(Map.of("VisibilityTimeout", "0")))
                .queueUrl();
        values.put(SettingKeys.NOTIFICATION_QUEUE, queue);
        settings = Settings.of(values);
        dynamo = Dynamo.of(settings);
        router = NotificationsFunction.router(settings, this::mail, () -> push, vapid -> browsers, texts, clock);
        var people = new DynamoPeople(dynamo);
        people.put(Person.of("u_ada", "Ada", ""));
        people.put(Person.of("u_grace", "Grace", ""));
        people.put(Person.of("u_lin", "Lin", ""));
        conversation(DIRECT, "direct", "", "u_ada", "u_grace");
        conversation(GROUP, "group", "Lunch", "u_ada", "u_grace", "u_lin");
    }

    private void mail(Mail mail) {
        if (mailsFail) {
            throw new MailException("No mail today");
        }
        mails.add(mail);
    }

    @AfterEach
    void close() {
        sqs.deleteQueue(request -> request.queueUrl(queue));
        sqs.close();
        dynamo.close();
        stores.close();
    }

    void put(Tables table, Map<String, AttributeValue> item) {
        dynamo.call(client ->
                client.putItem(put -> put.tableName(dynamo.name(table)).item(item)));
    }

    void conversation(String id, String kind, String title, String... members) {
        put(
                Tables.CONVERSATIONS,
                Map.of(
                        "conversation_id", Items.text(id),
                        "item", Items.text("HEAD"),
                        "kind", Items.text(kind),
                        "title", Items.text(title)));
        for (String member : members) {
            readUpTo(id, member, 0);
        }
    }

    void readUpTo(String conversation, String member, long seq) {
        put(
                Tables.CONVERSATIONS,
                Map.of(
                        "conversation_id", Items.text(conversation),
                        "item", Items.text("M#" + member),
                        "user_id", Items.text(member),
                        "read_seq", Items.number(seq)));
    }

    void message(String conversation, long seq, String author, String... mentions) {
        put(
                Tables.STREAM,
                Map.of(
                        "stream", Items.text("CONV#" + conversation),
                        "seq", Items.text("%012d".formatted(seq)),
                        "author", Items.text(author),
                        "text", Items.text("Hello"),
                        "mentions", Items.texts(List.of(mentions))));
    }

    void socket(String connection, String user) {
        put(
                Tables.CONNECTIONS,
                Map.of(
                        "connection_id", Items.text(connection),
                        "user_id", Items.text(user),
                        "expires_at", Items.number(clock.instant().getEpochSecond() + 3600)));
    }

    private Map<String, Object> record(String id, String type, String subject, Map<String, String> data) {
        Map<String, Object> texts = new TreeMap<>();
        data.forEach((name, value) -> texts.put(name, Map.of("S", value)));
        Map<String, Object> image = Map.of(
                "subject", Map.of("S", subject),
                "id", Map.of("S", id),
                "type", Map.of("S", type),
                "at", Map.of("N", String.valueOf(clock.instant().toEpochMilli())),
                "data", Map.of("M", texts));
        return Map.of(
                "eventSource",
                "aws:dynamodb",
                "eventName",
                "INSERT",
                "dynamodb",
                Map.of("SequenceNumber", "1", "Keys", Map.of("subject", Map.of("S", subject)), "NewImage", image));
    }

    /** One event, as its stream hands it over. */
    void tell(String id, String type, String subject, Map<String, String> data) {
        assertThat(attempt(id, type, subject, data)).isTrue();
    }

    /** One event, as its stream hands it over. @return whether it is done with */
    boolean attempt(String id, String type, String subject, Map<String, String> data) {
        JsonNode answer = Wire.json()
                .readTree(router.handle(Wire.writeBytes(Map.of("Records", List.of(record(id, type, subject, data))))));
        return answer.path("batchItemFailures").isEmpty();
    }

    void happens(String type, String subject, Map<String, String> data) {
        clock.advance(Duration.ofSeconds(1));
        tell("e_" + ++events, type, subject, data);
    }

    void said(String conversation, long seq, String author, String... mentions) {
        message(conversation, seq, author, mentions);
        clock.advance(Duration.ofSeconds(1));
        toldOf(conversation, seq, author);
    }

    void toldOf(String conversation, long seq, String author) {
        tell("%012d".formatted(seq), "message.sent", conversation, Map.of("by", author, "seq", String.valueOf(seq)));
    }

    JsonNode rest(String user, String method, String path, String body) {
        String access = JwtIssuer.access(KeyFolder.of(settings).load(KeyFolder.Name.ACCESS), clock)
                .issue(Audience.API, AccessClaims.user(user, "s_" + user, 0, Role.USER, user))
                .token();
        int mark = path.indexOf('?');
        Map<String, Object> event = new HashMap<>();
        event.put("path", "/api/v1" + (mark < 0 ? path : path.substring(0, mark)));
        event.put("httpMethod", method);
        event.put(
                "multiValueHeaders",
                Map.of("Authorization", List.of("Bearer " + access), "Content-Type", List.of("application/json")));
        Map<String, List<String>> query = new HashMap<>();
        if (mark > 0) {
            for (String pair : path.substring(mark + 1).split("&")) {
                query.put(pair.substring(0, pair.indexOf('=')), List.of(pair.substring(pair.indexOf('=') + 1)));
            }
        }
        event.put("multiValueQueryStringParameters", query);
        event.put("requestContext", Map.of("requestId", "r", "identity", Map.of("sourceIp", "192.0.2.7")));
        if (body != null) {
            event.put("body", body.replace('\'', '"'));
        }
        return Wire.tree(Wire.json()
                .readTree(router.handle(Wire.writeBytes(event)))
                .path("body")
                .asString());
    }

    JsonNode listed(String user) {
        return rest(user, "GET", "/notifications", null).path("data");
    }

    static List<String> shown(JsonNode page) {
        return page.path("list")
                .valueStream()
                .map(one -> one.path("kind").asString() + " " + one.path("what").asString() + " "
                        + one.path("count").asInt() + " " + one.path("by_name").asString("-") + " "
                        + one.path("title").asString("-") + " "
                        + one.path("link").asString() + (one.has("read_at") ? " read" : ""))
                .toList();
    }

    /**
     * Hands over what is in the queue, each message once, as its mapping does.
     *
     * @return how many are done with
     */
    int deliver() {
        int done = 0;
        Set<String> seen = new HashSet<>();
        while (true) {
            List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queue)
                            .maxNumberOfMessages(1)
                            .visibilityTimeout(30)
                            .messageSystemAttributeNamesWithStrings("All"))
                    .messages();
            if (messages.isEmpty() || !seen.add(messages.getFirst().messageId())) {
                return done;
            }
            Message message = messages.getFirst();
            Map<String, Object> record = Map.of(
                    "messageId", message.messageId(),
                    "receiptHandle", message.receiptHandle(),
                    "body", message.body(),
                    "attributes", message.attributesAsStrings(),
                    "eventSource", "aws:sqs");
            JsonNode answer = Wire.json().readTree(router.handle(Wire.writeBytes(Map.of("Records", List.of(record)))));
            if (answer.path("batchItemFailures").isEmpty()) {
                sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
                done++;
            } else {
                later.add(message.receiptHandle());
            }
        }
    }

    /** Takes everything out of the queue that is shown there, and does nothing with it. */
    void lose() {
        for (Message message : sqs.receiveMessage(
                        request -> request.queueUrl(queue).maxNumberOfMessages(10))
                .messages()) {
            sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
    }

    /** Everything that was put off is shown again, whatever the queue's own clock says. */
    void showAgain() {
        later.forEach(receipt -> sqs.changeMessageVisibility(
                change -> change.queueUrl(queue).receiptHandle(receipt).visibilityTimeout(0)));
        later.clear();
    }

    /** What identity is asked to mail to somebody, oldest first: its lines. */
    List<List<String>> posted(String user) {
        return dynamo
                .call(client -> client.query(query -> query.tableName(dynamo.name(Tables.INBOX))
                        .keyConditionExpression("subject = :user")
                        .expressionAttributeValues(Map.of(":user", Items.text(user)))))
                .items()
                .stream()
                .sorted(Comparator.comparing(item -> Items.number(item, "at", 0)))
                .map(item -> Items.textMap(item, "data"))
                .map(data -> data.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("line_"))
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList())
                .toList();
    }
}
