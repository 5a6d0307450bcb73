package dev.parley.local.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.gateway.queue.GoldenMessages;
import dev.parley.local.gateway.rest.RestRouter;
import dev.parley.local.gateway.stream.GoldenRecords;
import dev.parley.local.gateway.template.RestApiSpec;
import dev.parley.local.gateway.template.RestRoute;
import dev.parley.local.gateway.template.SocketApiSpec;
import dev.parley.local.gateway.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The golden events in {@code events/} are what the gateway emits, field by field, and every route and stream of the template has one. Run with
 * {@code -Dgolden.write=true} to write them anew after a change of the template or the gateway.
 */
class GoldenEventsTest {
    private static final Path ROOT = Path.of(System.getProperty("parley.root"));
    private static final Path EVENTS = ROOT.resolve("events");
    private static final Instant NOW = Instant.parse("2026-04-09T12:34:56.789Z");
    private static final String TRACE = "Root=1-69d79b10-0123456789abcdef01234567";
    private static final String REQUEST = "c6af9ac6-7b61-41e6-9a41-93e8deadbeef";
    private static final String SHORT_REQUEST = "DX8k1E5HIAMFbnA=";

    @TestFactory
    Stream<DynamicTest> everyGoldenEventIsWhatTheGatewayEmits() throws IOException {
        Map<String, ObjectNode> emitted = emitted();
        if (Boolean.getBoolean("golden.write")) {
            write(emitted);
        }
        return emitted.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(fields(
                                        EventJson.MAPPER.readTree(Files.readAllBytes(EVENTS.resolve(entry.getKey())))))
                                .isEqualTo(fields(entry.getValue()))));
    }

    @Test
    void noGoldenEventIsWithoutARouteOrStream() throws IOException {
        try (Stream<Path> files = Files.walk(EVENTS)) {
            List<String> present = files.filter(Files::isRegularFile)
                    .map(file -> EVENTS.relativize(file).toString())
                    .sorted()
                    .toList();
            assertThat(present).containsExactlyElementsOf(emitted().keySet());
        }
    }

    private static Map<String, ObjectNode> emitted() {
        Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());
        var emitted = new TreeMap<String, ObjectNode>();
        template.rest()
                .ifPresent(rest -> rest.routes()
                        .forEach(route -> emitted.put(
                                folder(route.function()) + kebab(route.name()) + ".json", event(rest, route))));
        template.socket().ifPresent(socket -> emitted.putAll(events(socket)));
        template.functions()
                .forEach((name, function) -> function.streams()
                        .forEach(stream -> emitted.put(
                                folder(name) + "stream-" + kebab(stream.name()) + ".json",
                                GoldenRecords.batch(stream, NOW))));
        template.functions()
                .forEach((name, function) -> function.queues()
                        .forEach(queue -> emitted.put(
                                folder(name) + "queue-" + kebab(queue.name()) + ".json",
                                GoldenMessages.batch(queue, NOW))));
        return emitted;
    }

    private static ObjectNode event(RestApiSpec rest, RestRoute route) {
        byte[] body = GoldenRequests.body(route.name());
        IncomingRequest request =
                GoldenRequests.rest(route.method(), GoldenRequests.path(route.path()), body.length > 0);
        RestRouter.Match match = new RestRouter(rest.routes())
                .match(request.method(), request.path())
                .orElseThrow();
        assertThat(match.route()).isEqualTo(route);
        return new RestEvent(
                        EventIds.stableId(rest.id(), 10),
                        rest.stage(),
                        route.path(),
                        match.pathParameters(),
                        rest.stageVariables(),
                        request,
                        REQUEST,
                        SHORT_REQUEST,
                        TRACE,
                        NOW)
                .json(body, false);
    }

    private static Map<String, ObjectNode> events(SocketApiSpec socket) {
        var events = new TreeMap<String, ObjectNode>();
        var handshake = new SocketEvent(
                EventIds.stableId(socket.id(), 10),
                socket.stage(),
                socket.stageVariables(),
                GoldenRequests.handshake(),
                "L0SM9cOFvHcCIhw=",
                NOW,
                Optional.empty());
        socket.authorizer()
                .ifPresent(authorizer -> events.put(
                        folder(authorizer.function()) + "socket-authorize.json",
                        handshake.authorization(SHORT_REQUEST, TRACE, NOW)));
        ObjectNode context = EventJson.object();
        context.put("user_id", "u_1");
        context.put("session_id", "s_1");
        context.put("role", "user");
        context.put("name", "Ada");
        context.put("principalId", "u_1");
        context.put("integrationLatency", 12);
        SocketEvent open = handshake.authorized(context);
        socket.routes()
                .forEach((key, route) -> events.put(
                        folder(route.function()) + "socket-" + key.replace("$", "") + ".json",
                        switch (key) {
                            case "$connect" -> open.connect(SHORT_REQUEST, TRACE, NOW);
                            case "$disconnect" ->
                                open.disconnect(1005, "Client-side close frame status not set", SHORT_REQUEST, NOW);
                            default ->
                                open.message(key, GoldenRequests.message(key), SHORT_REQUEST, "DX8k1cMdoAMCIhw=", NOW);
                        }));
        return events;
    }

    /** Every leaf by its path, so that a difference names the field. */
    private static Map<String, String> fields(JsonNode event) {
        var fields = new TreeMap<String, String>();
        collect("", event, fields);
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue(), fields));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), fields);
            }
        } else {
            fields.put(path, node.getNodeType() + " " + node);
        }
    }

    private static void write(Map<String, ObjectNode> emitted) throws IOException {
        for (Map.Entry<String, ObjectNode> entry : emitted.entrySet()) {
            Path file = EVENTS.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            String json = EventJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entry.getValue());
            Files.writeString(file, json + "\n");
        }
    }

    private static String folder(String function) {
        return function.toLowerCase(Locale.ROOT) + "/";
    }

    private static String kebab(String name) {
        var parts = new ArrayList<String>();
        for (String part : name.split("(?<=[a-z0-9])(?=[A-Z])")) {
            parts.add(part.toLowerCase(Locale.ROOT));
        }
        return String.join("-", parts);
    }
}
