package dev.parley.webhooks.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.kernel.HandMovedClock;
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
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.webhooks.Endpoint;
import dev.parley.webhooks.WebhookErrors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;

/** The function as wired for production, on the real table and the real queue; other people's servers are played. */
@Tag("component")
class WebhooksFunctionTest {
    private static final String ROOM = "abc-defg-hij";

    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final List<Call> calls = new ArrayList<>();
    private Endpoint.Outcome outcome = new Endpoint.Outcome(200, Optional.empty());
    private int events;
    private Stores stores;
    private Settings settings;
    private SqsClient sqs;
    private String queue;
    private EventRouter router;

    private record Call(String url, Map<String, String> headers, String body) {
        JsonNode json() {
            return Wire.tree(body);
        }
    }

    @BeforeEach
    void open() {
        stores = Stores.temporary();
        sqs = AwsClients.build(
                SqsClient.builder(),
                stores.settings(),
                stores.settings().uri(SettingKeys.SQS_ENDPOINT),
                Duration.ofSeconds(4));
        String name = stores.values().get(SettingKeys.TABLE_PREFIX) + "deliveries.fifo";
        queue = sqs.createQueue(request -> request.queueName(name)
                        .attributesWithStrings(Map.of("FifoQueue", "true", "VisibilityTimeout", "0")))
                .queueUrl();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put(SettingKeys.WEBHOOK_QUEUE, queue);
        settings = Settings.of(values);
        router = WebhooksFunction.router(settings, clock, Played::new);
    }

    @AfterEach
    void close() {
        sqs.deleteQueue(request -> request.queueUrl(queue));
        sqs.close();
        stores.close();
    }

    private final class Played implements Endpoint {
        @Override
        public Outcome post(String url, Map<String, String> headers, byte[] body) {
            calls.add(new Call(url, headers, new String(body, StandardCharsets.UTF_8)));
            return outcome;
        }

        @Override
        public void check(String url) {
            if (url == null || url.contains("inside")) {
                throw WebhookErrors.ADDRESS.exception();
            }
        }
    }

    private JsonNode rest(String name, String method, String path, String body) {
        Role role = name.equals("root") ? Role.ADMIN : Role.USER;
        String access = JwtIssuer.access(KeyFolder.of(settings).load(KeyFolder.Name.ACCESS), clock)
                .issue(Audience.API, AccessClaims.user("u_" + name, "s_" + name, 0, role, "Name of " + name))
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

    private JsonNode hook(String name, String more) {
        JsonNode reply = rest(
                name, "POST", "/webhooks", "{'url':'https://" + name + ".example.org/in','events':['*']" + more + "}");
        assertThat(reply.path("code").asInt()).as(reply.toString()).isEqualTo(201);
        return reply.path("data");
    }

    /** Something happens in a meeting, and its stream hands it over. @return its id */
    private String happens(String type, String host, String meeting) {
        String id = "e_" + ++events + "0000000000000000000000";
        tell(id, type, host, meeting);
        return id;
    }

    private void tell(String id, String type, String host, String meeting) {
        Map<String, Object> data = new HashMap<>();
        Map.of("owner_id", "u_" + host, "host_id", "u_" + host, "title", "Weekly", "started_at", "2026-04-09T12:30:00Z")
                .forEach((name, value) -> data.put(name, Map.of("S", value)));
        if (type.startsWith("participant.")) {
            data.put("participant_id", Map.of("S", "p_1"));
            data.put("name", Map.of("S", "Grace"));
        }
        Map<String, Object> image = Map.of(
                "subject", Map.of("S", meeting),
                "id", Map.of("S", id),
                "type", Map.of("S", type),
                "at", Map.of("N", String.valueOf(clock.instant().toEpochMilli())),
                "data", Map.of("M", data));
        Map<String, Object> record = Map.of(
                "eventSource",
                "aws:dynamodb",
                "eventName",
                "INSERT",
                "dynamodb",
                Map.of("SequenceNumber", "1", "Keys", Map.of("subject", Map.of("S", meeting)), "NewImage", image));
        JsonNode answer = Wire.json().readTree(router.handle(Wire.writeBytes(Map.of("Records", List.of(record)))));
        assertThat(answer.path("batchItemFailures")).isEmpty();
    }

    /** Hands over the queue's next message, as its mapping does. @return whether it is done with; absent when there is none */
    private Optional<Boolean> deliverOne() {
        List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queue)
                        .maxNumberOfMessages(1)
                        .visibilityTimeout(30)
                        .messageSystemAttributeNamesWithStrings("All"))
                .messages();
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        Message message = messages.getFirst();
        Map<String, Object> record = Map.of(
                "messageId", message.messageId(),
                "receiptHandle", message.receiptHandle(),
                "body", message.body(),
                "attributes", message.attributesAsStrings(),
                "eventSource", "aws:sqs");
        JsonNode answer = Wire.json().readTree(router.handle(Wire.writeBytes(Map.of("Records", List.of(record)))));
        boolean done = answer.path("batchItemFailures").isEmpty();
        if (done) {
            sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
        return Optional.of(done);
    }

    private void deliverAll() {
        while (deliverOne().isPresent()) {
            assertThat(calls).hasSizeLessThan(1000);
        }
    }

    /** As {@link #deliverOne}, of a delivery whose pause is over: what the queue would show by then. */
    private boolean deliverAgain(String hookId, String deliveryId) {
        Map<String, Object> record = Map.of(
                "messageId",
                "m",
                "receiptHandle",
                "m#r",
                "body",
                "{\"webhook_id\":\"" + hookId + "\",\"delivery_id\":\"" + deliveryId + "\"}",
                "attributes",
                Map.of("MessageGroupId", "g", "ApproximateReceiveCount", "2", "SentTimestamp", "1"),
                "eventSource",
                "aws:sqs");
        return Wire.json()
                .readTree(router.handle(Wire.writeBytes(Map.of("Records", List.of(record)))))
                .path("batchItemFailures")
                .isEmpty();
    }

    private JsonNode deliveries(String name, String hookId) {
        return rest(name, "GET", "/webhooks/" + hookId + "/deliveries", null)
                .path("data")
                .path("list");
    }

    private static String signature(String secret, Call call) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        String signed =
                call.headers().get("webhook-id") + "." + call.headers().get("webhook-timestamp") + "." + call.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatHappensInAHostsMeetingsIsToldSignedAndInOrder() throws Exception {
        JsonNode anas = hook("ana", "");
        hook("ben", "");
        List<String> told = List.of(
                happens("meeting.started", "ana", ROOM),
                happens("participant.joined", "ana", ROOM),
                happens("participant.left", "ana", ROOM),
                happens("meeting.ended", "ana", ROOM));
        deliverAll();

        assertThat(calls).extracting(Call::url).containsOnly("https://ana.example.org/in");
        assertThat(calls).extracting(call -> call.json().path("id").asString()).containsExactlyElementsOf(told);
        JsonNode joined = calls.get(1).json();
        assertThat(joined.path("type").asString()).isEqualTo("participant.joined");
        assertThat(joined.path("data").path("meeting").path("id").asString()).isEqualTo(ROOM);
        assertThat(joined.path("data").path("participant").path("id").asString())
                .isEqualTo("p_1");
        for (Call call : calls) {
            assertThat(call.headers().get("webhook-id"))
                    .isEqualTo(call.json().path("id").asString());
            assertThat(call.headers().get("webhook-signature"))
                    .isEqualTo(signature(anas.path("secret").asString(), call));
        }
        String id = anas.path("id").asString();
        assertThat(deliveries("ana", id)).allSatisfy(one -> {
            assertThat(one.path("state").asString()).isEqualTo("delivered");
            assertThat(one.path("attempts").asInt()).isEqualTo(1);
        });
        assertThat(rest("ben", "GET", "/webhooks/" + id, null).path("error").asString())
                .isEqualTo("webhook.not_found");
    }

    @Test
    void anEventThatComesTwiceIsToldOnce() {
        hook("ana", "");
        String id = happens("meeting.started", "ana", ROOM);
        tell(id, "meeting.started", "ana", ROOM);
        deliverAll();
        tell(id, "meeting.started", "ana", ROOM);
        deliverAll();
        assertThat(calls).hasSize(1);
    }

    @Test
    void whatIsRefusedComesAgainAndHoldsUpItsMeetingAlone() {
        JsonNode hook = hook("ana", "");
        String first = happens("meeting.started", "ana", ROOM);
        String second = happens("participant.joined", "ana", ROOM);
        String other = happens("meeting.started", "ana", "xyz-defg-hij");
        outcome = new Endpoint.Outcome(503, Optional.of("status"));
        assertThat(deliverOne()).contains(false);
        outcome = new Endpoint.Outcome(200, Optional.empty());
        deliverAll();
        assertThat(calls)
                .extracting(call -> call.json().path("id").asString())
                .containsExactly(first, other); // the second waits behind the first

        String hookId = hook.path("id").asString();
        JsonNode waiting = deliveries("ana", hookId)
                .valueStream()
                .filter(one -> one.path("event_id").asString().equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(waiting.path("state").asString()).isEqualTo("pending");
        assertThat(waiting.path("last_attempts").path(0).path("status").asInt()).isEqualTo(503);
        String deliveryId = waiting.path("id").asString();
        assertThat(deliverAgain(hookId, deliveryId)).isFalse(); // its pause is not over
        assertThat(calls).hasSize(2);
        clock.advance(Duration.ofSeconds(7));
        assertThat(deliverAgain(hookId, deliveryId)).isTrue();
        assertThat(calls.getLast().json().path("id").asString()).isEqualTo(first);
        assertThat(calls).noneMatch(call -> call.json().path("id").asString().equals(second));
    }

    @Test
    void afterADayItIsGivenUpAndCanBeToldAgain() {
        JsonNode hook = hook("ana", "");
        String hookId = hook.path("id").asString();
        happens("meeting.started", "ana", ROOM);
        outcome = new Endpoint.Outcome(0, Optional.of("timeout"));
        assertThat(deliverOne()).contains(false);
        String id = deliveries("ana", hookId).path(0).path("id").asString();
        int tries = 1;
        while (!deliverAgain(hookId, id)) {
            clock.advance(Duration.ofMinutes(1));
            tries++;
        }
        JsonNode given = deliveries("ana", hookId).path(0);
        assertThat(given.path("state").asString()).isEqualTo("failed");
        assertThat(given.path("attempts").asInt()).isBetween(10, 16);
        assertThat(tries).isBetween(18 * 60, 25 * 60);
        assertThat(rest("ana", "GET", "/webhooks/" + hookId, null)
                        .path("data")
                        .path("failing_since")
                        .isMissingNode())
                .isFalse();

        outcome = new Endpoint.Outcome(200, Optional.empty());
        JsonNode again = rest("ana", "POST", "/webhooks/" + hookId + "/deliveries/" + id + "/replay", null);
        assertThat(again.path("code").asInt()).isEqualTo(202);
        assertThat(rest("ana", "POST", "/webhooks/" + hookId + "/deliveries/" + id + "/replay", null)
                        .path("error")
                        .asString())
                .isEqualTo("webhook.pending");
        assertThat(deliverAgain(hookId, id)).isTrue();
        assertThat(rest("ana", "GET", "/webhooks/" + hookId + "/deliveries/" + id, null)
                        .path("data")
                        .path("state")
                        .asString())
                .isEqualTo("delivered");
        assertThat(rest("ana", "GET", "/webhooks/" + hookId, null).path("data").has("failing_since"))
                .isFalse();
    }

    @Test
    void daysOfFailuresAndAServerThatIsGoneDisableAWebhook() {
        JsonNode hook = hook("ana", "");
        String hookId = hook.path("id").asString();
        outcome = new Endpoint.Outcome(500, Optional.of("status"));
        for (int day = 0; day < 5; day++) {
            happens("meeting.started", "ana", "abc-defg-hi" + (char) ('a' + day));
            String id = deliveries("ana", hookId).path(0).path("id").asString();
            while (!deliverAgain(hookId, id)) {
                clock.advance(Duration.ofHours(1));
            }
        }
        JsonNode after = rest("ana", "GET", "/webhooks/" + hookId, null).path("data");
        assertThat(after.path("status").asString()).isEqualTo("disabled");
        assertThat(after.path("disabled_reason").asString()).isEqualTo("failing");
        assertThat(deliveries("ana", hookId).path(0).path("state").asString()).isIn("failed", "skipped");
        assertThat(notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.toString()).contains("webhook.disabled", hookId, "u_ana"));

        JsonNode enabled =
                rest("ana", "PUT", "/webhooks/" + hookId, "{'status':'active'}").path("data");
        assertThat(enabled.path("status").asString()).isEqualTo("active");
        outcome = new Endpoint.Outcome(410, Optional.of("status"));
        happens("meeting.ended", "ana", ROOM);
        String id = deliveries("ana", hookId).path(0).path("id").asString();
        assertThat(deliverAgain(hookId, id)).isTrue();
        assertThat(rest("ana", "GET", "/webhooks/" + hookId, null)
                        .path("data")
                        .path("disabled_reason")
                        .asString())
                .isEqualTo("gone");
        int before = calls.size();
        happens("meeting.started", "ana", ROOM);
        deliverAll();
        assertThat(calls.stream().skip(before)).isEmpty();
    }

    /** What was left for identity. */
    private List<Map<String, AttributeValue>> notices() {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            return dynamo.client()
                    .scan(scan -> scan.tableName(dynamo.name(Tables.INBOX)))
                    .items();
        }
    }

    @Test
    void aSecretIsShownOnceAndTheOldOneSignsForADay() throws Exception {
        JsonNode hook = hook("ana", "");
        String hookId = hook.path("id").asString();
        String old = hook.path("secret").asString();
        assertThat(old).startsWith("whsec_");
        assertThat(rest("ana", "GET", "/webhooks", null).toString()).doesNotContain("whsec_");
        String next = rest("ana", "POST", "/webhooks/" + hookId + "/secret", null)
                .path("data")
                .path("secret")
                .asString();
        rest("ana", "POST", "/webhooks/" + hookId + "/test", null);
        deliverAll();
        assertThat(calls.getLast().headers().get("webhook-signature"))
                .isEqualTo(signature(next, calls.getLast()) + " " + signature(old, calls.getLast()));
        clock.advance(Duration.ofHours(24));
        rest("ana", "POST", "/webhooks/" + hookId + "/test", null);
        deliverAll();
        assertThat(calls).hasSize(2);
        assertThat(calls.getLast().headers().get("webhook-signature")).isEqualTo(signature(next, calls.getLast()));
        assertThat(calls.getLast().json().path("type").asString()).isEqualTo("webhook.test");
    }

    @Test
    void anAdministratorsMayHearOfEveryMeetingAndNobodyElses() {
        assertThat(rest(
                                "ana",
                                "POST",
                                "/webhooks",
                                "{'url':'https://a.example.org','events':['*'],'every_meeting':true}")
                        .path("error")
                        .asString())
                .isEqualTo("auth.forbidden");
        JsonNode hook = hook("root", ",'every_meeting':true");
        happens("meeting.started", "ben", ROOM);
        deliverAll();
        assertThat(calls).extracting(Call::url).containsExactly("https://root.example.org/in");
        rest("root", "DELETE", "/webhooks/" + hook.path("id").asString(), null);
        happens("meeting.ended", "ben", ROOM);
        deliverAll();
        assertThat(calls).hasSize(1);
    }

    @Test
    void aWebhookHearsNoMoreThanItsOwnerMay() {
        JsonNode everything = hook("root", ",'every_meeting':true");
        JsonNode own = hook("root", "");
        String id = everything.path("id").asString();
        clock.advance(Duration.ofSeconds(1));
        account("account.role_changed", "root", "admin");
        assertThat(status("root", id)).isEqualTo("active");
        account("account.role_changed", "root", "user");
        assertThat(status("root", id)).isEqualTo("disabled");
        assertThat(status("root", own.path("id").asString())).isEqualTo("active");

        JsonNode anas = hook("ana", "");
        account("account.banned", "ana", "");
        assertThat(status("ana", anas.path("id").asString())).isEqualTo("disabled");
        happens("meeting.started", "ana", ROOM);
        deliverAll();
        assertThat(calls).isEmpty();
        account("account.deleted", "ana", "");
        assertThat(rest("ana", "GET", "/webhooks", null).path("data").path("list"))
                .isEmpty();
    }

    private String status(String name, String id) {
        return rest(name, "GET", "/webhooks/" + id, null)
                .path("data")
                .path("status")
                .asString();
    }

    private void account(String type, String name, String role) {
        Map<String, Object> image = Map.of(
                "subject", Map.of("S", "u_" + name),
                "id", Map.of("S", "e_" + ++events),
                "type", Map.of("S", type),
                "at", Map.of("N", String.valueOf(clock.instant().toEpochMilli())),
                "data", Map.of("M", Map.of("user_id", Map.of("S", "u_" + name), "role", Map.of("S", role))));
        Map<String, Object> record = Map.of(
                "eventSource",
                "aws:dynamodb",
                "eventName",
                "INSERT",
                "dynamodb",
                Map.of("SequenceNumber", "1", "Keys", Map.of("subject", Map.of("S", "u_" + name)), "NewImage", image));
        assertThat(Wire.json()
                        .readTree(router.handle(Wire.writeBytes(Map.of("Records", List.of(record)))))
                        .path("batchItemFailures"))
                .isEmpty();
    }

    @Test
    void onlyWhatIsWantedIsToldAndNothingOfADeletedWebhook() {
        JsonNode hook = rest("ana", "POST", "/webhooks", "{'url':'https://a.example.org','events':['meeting.ended']}")
                .path("data");
        happens("meeting.started", "ana", ROOM);
        happens("meeting.ended", "ana", ROOM);
        rest("ana", "DELETE", "/webhooks/" + hook.path("id").asString(), null);
        deliverAll();
        assertThat(calls).isEmpty();
    }

    @Test
    void mistakesAreNamed() {
        for (String[] each : new String[][] {
            {"{'url':'https://inside.example.org','events':['*']}", "webhook.address"},
            {"{'url':'https://a.example.org','events':[]}", "request.invalid"},
            {"{'url':'https://a.example.org','events':['message.sent']}", "request.invalid"},
            {"{'url':'https://a.example.org','events':['*'],'secret':'short'}", "request.invalid"},
            {"{'url':'https://a.example.org'}", "request.invalid"}
        }) {
            assertThat(rest("ana", "POST", "/webhooks", each[0]).path("error").asString())
                    .as(each[0])
                    .isEqualTo(each[1]);
        }
        for (int i = 0; i < 10; i++) {
            hook("ana", "");
        }
        assertThat(rest("ana", "POST", "/webhooks", "{'url':'https://a.example.org','events':['*']}")
                        .path("error")
                        .asString())
                .isEqualTo("webhook.limit");
    }

    @Test
    void theLogOfDeliveriesIsReadPageByPage() {
        JsonNode hook = hook("ana", "");
        String hookId = hook.path("id").asString();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            told.addFirst(happens("participant.joined", "ana", ROOM));
            clock.advance(Duration.ofSeconds(1));
        }
        List<String> read = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = rest("ana", "GET", "/webhooks/" + hookId + "/deliveries?limit=2" + next, null)
                    .path("data");
            page.path("list").forEach(one -> read.add(one.path("event_id").asString()));
            next = page.has("next") ? "&before=" + page.path("next").asString() : "";
        } while (!next.isEmpty());
        assertThat(read).containsExactlyElementsOf(told);
    }
}
