package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.local.load.PackagedEnvironment;
import dev.parley.local.load.PackagedFunction;
import dev.parley.local.stores.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each packaged function starts under AWS's runtime interface client and answers its golden events: the package is complete. */
@Tag("functions")
class PackagedFunctionsTest {
    private static final Path ROOT = Path.of(System.getProperty("parley.root"));
    private static Stores stores;

    @BeforeAll
    static void startStores() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void stopStores() {
        stores.close();
    }

    static Stream<String> functions() {
        return Stream.of(
                "identity", "meetings", "fleet", "signaling", "notifications", "messaging", "files", "webhooks");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void startsAndAnswersItsGoldenEvents(String function, @TempDir Path folder) throws IOException {
        List<Path> events = goldenEvents(function);
        assertThat(events).as("golden events of " + function).isNotEmpty();
        Path log = folder.resolve("log");
        try (PackagedFunction packaged =
                new PackagedFunction(ROOT, function, PackagedEnvironment.over(stores, folder), log)) {
            boolean first = true;
            for (Path event : events) {
                JsonNode reply = Wire.json().readTree(packaged.invoke(Files.readAllBytes(event)));
                if (first) {
                    System.out.printf(
                            "%s: start to first response %d ms%n",
                            function, packaged.sinceStart().toMillis());
                    first = false;
                }
                assertAnswered(event, reply, Files.readString(log));
            }
            assertThat(Files.readString(log)).doesNotContain("not loaded ahead");
        }
    }

    private static void assertAnswered(Path event, JsonNode reply, String log) {
        String type = Wire.tree(read(event)).path("type").asString("");
        if (type.equals("REQUEST")) {
            assertThat(reply.path("policyDocument").path("Statement").size())
                    .as("%s: %s", event, reply)
                    .isPositive();
            return;
        }
        if (reply.has("batchItemFailures")) {
            assertThat(reply.path("batchItemFailures"))
                    .as("%s answered %s%n%s", event, reply, log)
                    .isEmpty();
            return;
        }
        assertThat(reply.path("statusCode").asInt(0))
                .as("%s answered %s%n%s", event, reply, log)
                .isBetween(200, 499);
        if (reply.path("body").isString() && reply.path("body").asString().startsWith("{\"code\"")) {
            JsonNode body = Wire.tree(reply.path("body").asString());
            assertThat(body.path("code").asInt())
                    .isEqualTo(reply.path("statusCode").asInt());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> goldenEvents(String function) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("events/" + function))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
