package dev.parley.platform.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events as API Gateway sends them. */
final class GoldenEvents {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GoldenEvents() {}

    static byte[] read(String name) {
        try (InputStream event = GoldenEvents.class.getResourceAsStream(name + ".json")) {
            return event.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(byte[] json) {
        return JSON.readTree(json);
    }

    static JsonNode tree(String json) {
        return JSON.readTree(json);
    }
}
