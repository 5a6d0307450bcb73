package dev.parley.local.load;

import dev.parley.contracts.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The REST API, one blocking call after the other; any number of threads at once. */
final class ApiClient {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final long TURN_MILLIS = 200;
    private static final int MOST_TURNS = 300;

    static {
        // Shorter than the gateway keeps a connection that nobody uses: a request on one that is being closed is lost.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    record Reply(int status, String body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        JsonNode data() {
            return Wire.tree(body).path("data");
        }

        String error() {
            return Wire.tree(body).path("error").asString("");
        }
    }

    ApiClient(URI base) {
        this.base = base;
    }

    HttpClient http() {
        return http;
    }

    URI base() {
        return base;
    }

    /** @param path below {@code /api/v1}; @param token null for none; @param body JSON, null for none */
    Reply call(String method, String path, String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .timeout(LONGEST_ANSWER)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body());
    }

    /** As {@link #must}, again and again where the stage lets nobody through: it throttles what costs much, such as a registration. */
    JsonNode mustInTurn(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        Reply reply = call(method, path, token, body);
        for (int i = 0; i < MOST_TURNS && reply.status() == 429; i++) {
            TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
            reply = call(method, path, token, body);
        }
        return accepted(method, path, reply);
    }

    /** @throws IllegalStateException when it is refused */
    JsonNode must(String method, String path, String token, String body) throws IOException, InterruptedException {
        return accepted(method, path, call(method, path, token, body));
    }

    private static JsonNode accepted(String method, String path, Reply reply) {
        if (!reply.ok()) {
            throw new IllegalStateException(method + " " + path + " answered " + reply.status() + " " + reply.body());
        }
        return reply.data();
    }
}
