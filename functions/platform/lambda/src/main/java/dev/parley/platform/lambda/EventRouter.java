package dev.parley.platform.lambda;

import dev.parley.contracts.Wire;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Deadline;
import dev.parley.kernel.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Everything one function answers, by kind of event: REST (API Gateway proxy, payload 1.0), WebSocket, WebSocket authorization, batches of
 * the outbox, batches of a queue, EventBridge schedules. An event of a kind the function did not sign up for is a mistake of the deployment and fails the invocation. Thread-safe.
 */
public final class EventRouter {
    /** The event that is none: what can be done before the first one is done. It asks stores, changes nothing and answers nothing. */
    static final byte[] PRIMING = "{\"source\":\"parley.priming\"}".getBytes(StandardCharsets.UTF_8);

    /** One call to a store takes eight seconds at most, and a function is cut off after fifteen: with this no call outlives it. */
    private static final Duration STORES_ASKED = Duration.ofSeconds(6);

    /** What a caller gets who waits for no answer. */
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private static final byte[] SAMPLE = """
            {"httpMethod":"GET","path":"/","headers":{"Accept":"*/*"},"multiValueHeaders":{"Accept":["*/*"]},"queryStringParameters":null,\
            "requestContext":{"requestId":"priming","identity":{"sourceIp":"127.0.0.1"}},"body":"{}","isBase64Encoded":false}
            """.getBytes(StandardCharsets.UTF_8);

    private static final byte[] SAMPLE_BODY = """
            {"text":"a","number":1,"flag":true,"list":["a"],"map":{"a":"b"}}
            """.getBytes(StandardCharsets.UTF_8);

    /** What requests' bodies are made of. */
    private record SampleBody(String text, Integer number, Boolean flag, List<String> list, Map<String, String> map) {}

    private final Optional<Routes> routes;
    private final Optional<SocketHandler> sockets;
    private final Optional<AuthorizerHandler> authorizer;
    private final Optional<OutboxBatch> outbox;
    private final Optional<QueueBatch> queue;
    private final Optional<ScheduleHandler> schedule;
    private final Map<String, Runnable> beforehand;
    private final Map<String, Runnable> beforeSnapshot;
    private final JsonLog log;

    private EventRouter(Builder builder) {
        this.routes = Optional.ofNullable(builder.routes);
        this.sockets = Optional.ofNullable(builder.sockets);
        this.authorizer = Optional.ofNullable(builder.authorizer);
        this.outbox = Optional.ofNullable(builder.consumer).map(consumer -> new OutboxBatch(consumer, builder.log));
        this.queue = Optional.ofNullable(builder.messages).map(consumer -> new QueueBatch(consumer, builder.log));
        this.schedule = Optional.ofNullable(builder.schedule);
        this.beforehand = new LinkedHashMap<>(builder.beforehand);
        this.beforeSnapshot = new LinkedHashMap<>(builder.beforeSnapshot);
        this.log = builder.log;
    }

    /** @param log where failures are written */
    public static Builder builder(JsonLog log) {
        return new Builder(log);
    }

    /** The patterns of the REST routes, as they must stand in {@code template.yaml}; empty when there are none. */
    public List<String> patterns() {
        return routes.map(Routes::patterns).orElse(List.of());
    }

    /** Serves one event, given and answered as JSON in UTF-8. @throws EventException when it is no event of ours */
    public byte[] handle(byte[] event) {
        JsonNode tree = parse(event);
        if (tree.path("source").asString("").equals("parley.priming")) {
            prime();
            return NOTHING;
        }
        if (OutboxBatch.is(tree)) {
            // Nobody waits for it, and it may have more time.
            return EventJson.write(outbox.orElseThrow(() -> refused("outbox")).tell(tree));
        }
        if (QueueBatch.is(tree)) {
            return EventJson.write(queue.orElseThrow(() -> refused("queue")).take(tree));
        }
        return Deadline.within(STORES_ASKED, () -> answer(tree));
    }

    /**
     * Does what the first event would wait for, and leaves no trace. What cannot be done now, because a store does not answer, is left to the
     * first event.
     *
     * @return what could not be done, and why
     */
    Map<String, RuntimeException> warmUp() {
        Map<String, RuntimeException> failed = new LinkedHashMap<>();
        EventJson.write(RestEvents.reply(HttpResponse.done()));
        routes.ifPresent(rest -> attempt(
                "routes",
                () -> EventJson.write(RestEvents.reply(rest.rehearse(RestEvents.request(parse(SAMPLE))))),
                failed));
        beforehand.forEach((name, work) -> attempt(name, work, failed));
        return failed;
    }

    /** Loads what reading a request's body takes. */
    public static void loadBodiesAhead() {
        Wire.read(SAMPLE_BODY, SampleBody.class);
    }

    private void prime() {
        Map<String, RuntimeException> failed = warmUp();
        attempt("bodies", EventRouter::loadBodiesAhead, failed);
        beforeSnapshot.forEach((name, work) -> attempt(name, work, failed));
        failed.forEach((name, why) -> log.warn("not primed: " + name, Map.of("because", String.valueOf(why))));
        log.info("primed", Map.of());
    }

    private static void attempt(String name, Runnable work, Map<String, RuntimeException> failed) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed.put(name, e);
        }
    }

    private byte[] answer(JsonNode tree) {
        if (tree.path("httpMethod").isString()) {
            Routes rest = routes.orElseThrow(() -> refused("REST"));
            return EventJson.write(RestEvents.reply(rest.handle(RestEvents.request(tree))));
        }
        if (tree.path("methodArn").isString()) {
            AuthorizerHandler handler = authorizer.orElseThrow(() -> refused("authorizer"));
            return EventJson.write(authorize(handler, AuthorizerEvent.parse(tree)));
        }
        if (tree.path("requestContext").path("connectionId").isString()) {
            SocketHandler handler = sockets.orElseThrow(() -> refused("WebSocket"));
            return EventJson.write(serve(handler, SocketEvent.parse(tree)));
        }
        if (tree.path("detail-type").asString("").equals("Scheduled Event")) {
            schedule.orElseThrow(() -> refused("schedule")).due();
            return NOTHING;
        }
        throw new EventException("The event is of no kind that this function knows");
    }

    private static JsonNode parse(byte[] event) {
        try {
            return EventJson.read(event);
        } catch (JacksonException e) {
            throw new EventException("The event is not JSON");
        }
    }

    private Map<String, Object> authorize(AuthorizerHandler handler, AuthorizerEvent event) {
        try {
            return handler.authorize(event).toPolicy(event.methodArn());
        } catch (ApiException e) {
            log.unavailable(e.code(), event.requestId(), e);
            return AuthorizerReply.deny().toPolicy(event.methodArn());
        } catch (RuntimeException e) {
            log.failure("authorizer failed", event.requestId(), e);
            return AuthorizerReply.deny().toPolicy(event.methodArn());
        }
    }

    private Map<String, Object> serve(SocketHandler handler, SocketEvent event) {
        try {
            return handler.handle(event).toJson();
        } catch (ApiException e) {
            log.unavailable(e.code(), event.requestId(), e);
            return SocketReply.status(e.status()).toJson();
        } catch (RuntimeException e) {
            log.failure("socket event " + event.routeKey() + " failed", event.requestId(), e);
            return SocketReply.status(500).toJson();
        }
    }

    private static EventException refused(String kind) {
        return new EventException("This function takes no " + kind + " events");
    }

    /** What a function signs up for. */
    public static final class Builder {
        private final JsonLog log;
        private Routes routes;
        private SocketHandler sockets;
        private AuthorizerHandler authorizer;
        private Consumer<OutboxEvent> consumer;
        private QueueConsumer messages;
        private ScheduleHandler schedule;
        private final Map<String, Runnable> beforehand = new LinkedHashMap<>();
        private final Map<String, Runnable> beforeSnapshot = new LinkedHashMap<>();

        private Builder(JsonLog log) {
            this.log = Objects.requireNonNull(log);
        }

        public Builder rest(Routes table) {
            this.routes = Objects.requireNonNull(table);
            return this;
        }

        public Builder sockets(SocketHandler handler) {
            this.sockets = Objects.requireNonNull(handler);
            return this;
        }

        public Builder authorizer(AuthorizerHandler handler) {
            this.authorizer = Objects.requireNonNull(handler);
            return this;
        }

        /**
         * Takes the events of the outbox, from a {@code DynamoDB} event of the template. What it throws makes the event come again, and
         * the later ones of its subject after it; it may be told an event twice, unless it is a {@link dev.parley.kernel.ToldOnce}.
         */
        public Builder outbox(Consumer<OutboxEvent> events) {
            this.consumer = Objects.requireNonNull(events);
            return this;
        }

        /** Takes the messages of a queue, from an {@code SQS} event of the template with {@code ReportBatchItemFailures}. */
        public Builder queue(QueueConsumer taker) {
            this.messages = Objects.requireNonNull(taker);
            return this;
        }

        public Builder schedule(ScheduleHandler handler) {
            this.schedule = Objects.requireNonNull(handler);
            return this;
        }

        /**
         * What may be done while the function starts, before its first event: it may read what every event reads, changes nothing and may fail.
         *
         * @param name for the log
         */
        public Builder beforehand(String name, Runnable work) {
            beforehand.put(name, Objects.requireNonNull(work));
            return this;
        }

        /**
         * What may be done before a snapshot is taken, and is too much for a start without one, such as waking the database: it changes nothing
         * and may fail.
         *
         * @param name for the log
         */
        public Builder beforeSnapshot(String name, Runnable work) {
            beforeSnapshot.put(name, Objects.requireNonNull(work));
            return this;
        }

        public EventRouter build() {
            return new EventRouter(this);
        }
    }
}
