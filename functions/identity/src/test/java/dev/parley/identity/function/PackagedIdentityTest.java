package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.stores.Stores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The packaged jar, several times in one process: each in its own class loader with its own settings, called by many threads at once.
 * Package it first: {@code mvn -pl functions/identity package}.
 */
@Tag("functions")
class PackagedIdentityTest {
    private static final Path JAR =
            Path.of(System.getProperty("parley.root"), "functions/identity/target/package/lib/identity.jar");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @Test
    void twoDeploymentsShareAProcessAndNothingElse() throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (Stores one = Stores.temporary();
                Stores two = Stores.temporary();
                Deployment first = new Deployment(one.values(), folder.resolve("one"));
                Deployment second = new Deployment(two.values(), folder.resolve("two"))) {
            String body = "{\"username\":\"ada\",\"email\":\"ada@example.org\",\"password\":\"Correct-horse-7\"}";

            assertThat(first.post("/api/v1/register", body).path("code").asInt())
                    .isEqualTo(200);
            assertThat(first.post("/api/v1/register", body).path("code").asInt())
                    .isEqualTo(409);
            assertThat(second.post("/api/v1/register", body).path("code").asInt())
                    .isEqualTo(200);

            List<Callable<JsonNode>> logins = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Deployment deployment = i % 2 == 0 ? first : second;
                logins.add(() ->
                        deployment.post("/api/v1/login", "{\"username\":\"ada\",\"password\":\"Correct-horse-7\"}"));
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<JsonNode> login : threads.invokeAll(logins)) {
                    assertThat(login.get().path("code").asInt())
                            .as("%s %s", login.get(), printed)
                            .isEqualTo(200);
                }
            }
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("POST /api/v1/register refused: user.exists");
    }

    @Test
    void aRoutingHeaderAndAPayloadKeyAreNothingSpecial() throws Exception {
        try (Stores stores = Stores.temporary();
                Deployment deployment = new Deployment(stores.values(), folder.resolve("one"))) {
            ObjectNode event = Deployment.event("GET", "/api/v1/health", null);
            event.withObject("headers").put("spring.cloud.function.definition", "functionRouter");
            event.putObject("payload").put("httpMethod", "POST");

            JsonNode health = deployment.send(event);

            assertThat(health.path("data").path("status").asString()).isEqualTo("ok");
            assertThat(health.path("data").path("version").asString()).isNotEqualTo("development");
        }
    }

    /** One handler in a class loader of its own, as the local gateway keeps it. */
    private static final class Deployment implements AutoCloseable {
        private final URLClassLoader loader;
        private final Object handler;
        private final Method handle;

        Deployment(Map<String, String> values, Path settings) throws Exception {
            Files.createDirectories(settings);
            Properties properties = new Properties();
            properties.putAll(new HashMap<>(values));
            properties.put("RATE_LIMITS", "off");
            properties.put("DATABASE_POOL_SIZE", "4");
            properties.put("DATABASE_CONNECT_TIMEOUT", "PT20S");
            try (Writer writer = Files.newBufferedWriter(settings.resolve("parley-settings.properties"))) {
                properties.store(writer, null);
            }
            loader = new URLClassLoader(
                    new URL[] {settings.toUri().toURL(), JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            Class<?> type = loader.loadClass("dev.parley.platform.lambda.Handler");
            handler = type.getConstructor().newInstance();
            handle = type.getMethod(
                    "handleRequest",
                    InputStream.class,
                    OutputStream.class,
                    loader.loadClass("com.amazonaws.services.lambda.runtime.Context"));
        }

        JsonNode post(String path, String body) throws Exception {
            return send(event("POST", path, body));
        }

        JsonNode send(ObjectNode event) throws Exception {
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            handle.invoke(handler, new ByteArrayInputStream(JSON.writeValueAsBytes(event)), reply, null);
            return JSON.readTree(JSON.readTree(reply.toByteArray()).path("body").asString());
        }

        static ObjectNode event(String method, String path, String body) {
            ObjectNode event = JSON.createObjectNode();
            event.put("httpMethod", method);
            event.put("path", path);
            event.put("body", body);
            event.putObject("headers").put("Content-Type", "application/json");
            event.putObject("requestContext")
                    .put("requestId", "r")
                    .putObject("identity")
                    .put("sourceIp", "127.0.0.1");
            return event;
        }

        @Override
        public void close() throws IOException {
            ((Closeable) handler).close();
            loader.close();
        }
    }
}
