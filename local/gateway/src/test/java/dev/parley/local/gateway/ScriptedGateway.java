package dev.parley.local.gateway;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.scripted.ScriptedHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A gateway over the test template whose functions do what a test tells them. */
final class ScriptedGateway implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Path folder;
    private final String name = "script" + COUNTER.incrementAndGet();
    private final Gateway gateway;
    private final HttpClient client = HttpClient.newHttpClient();

    ScriptedGateway(UnaryOperator<GatewayOptions> change) {
        this(change, Map.of(), event -> "");
    }

    /** @param listener what the functions do that a stream or a queue is handed to, from the first record on */
    ScriptedGateway(
            UnaryOperator<GatewayOptions> change, Map<String, String> parameters, Function<JsonNode, String> listener) {
        try {
            folder = Files.createTempDirectory("gateway-test");
            pack(folder.resolve("scripted.jar"));
            try (InputStream template = ScriptedGateway.class.getResourceAsStream("/template.yaml")) {
                Files.copy(template, folder.resolve("template.yaml"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        on("web", event -> reply(200, event.toString()));
        on("doorman", event -> policy("Allow", event.path("methodArn").asString("")));
        on("socket", event -> reply(200, ""));
        on("listener", listener);
        on("worker", listener);
        on("sweeper", listener);
        var values = new HashMap<>(parameters);
        values.put("Script", name);
        gateway = Gateway.start(
                change.apply(GatewayOptions.over(folder.resolve("template.yaml"), folder.resolve("settings"))
                        .parameters(addresses -> values)));
    }

    ScriptedGateway() {
        this(options -> options);
    }

    /** The folder with a settings folder for each function. */
    Path settings() {
        return folder.resolve("settings");
    }

    /** Scripts one function: from its event to its answer. */
    void on(String function, Function<JsonNode, String> behaviour) {
        Function<byte[], byte[]> script =
                event -> behaviour.apply(EventJson.MAPPER.readTree(event)).getBytes(StandardCharsets.UTF_8);
        System.getProperties().put(name + "." + function, script);
    }

    GatewayAddresses addresses() {
        return gateway.addresses();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + addresses().port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** A request that somebody may have to wait for. */
    CompletableFuture<HttpResponse<String>> later(String path) {
        return client.sendAsync(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A proxy reply with a text body. */
    static String reply(int status, String body) {
        ObjectNode reply = EventJson.MAPPER.createObjectNode();
        reply.put("statusCode", status);
        reply.put("body", body);
        return reply.toString();
    }

    /** An authorizer's answer with a context of three kinds of scalars. */
    static String policy(String effect, String arn) {
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        answer.put("principalId", "u_1");
        ObjectNode document = answer.putObject("policyDocument");
        document.put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", effect);
        statement.put("Action", "execute-api:Invoke");
        statement.put("Resource", arn);
        answer.putObject("context").put("user_id", "u_1").put("level", 7).put("guest", false);
        return answer.toString();
    }

    static JsonNode json(HttpResponse<String> response) {
        return EventJson.MAPPER.readTree(response.body());
    }

    @Override
    public void close() {
        gateway.close();
        client.close();
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith(name + "."));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path jar) throws IOException {
        String entry = ScriptedHandler.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream code = ScriptedHandler.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
            out.closeEntry();
        }
    }
}
