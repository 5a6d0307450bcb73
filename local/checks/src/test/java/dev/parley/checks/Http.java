package dev.parley.checks;

import dev.parley.checks.api.Contract;
import dev.parley.contracts.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** A client of the REST API that keeps no cookies and follows nothing, and holds every reply against the contract. */
final class Http {
    static final String PASSWORD = "Correct-Horse-7";

    private static final Contract CONTRACT = Contract.of(RunningSystem.ROOT);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

    record Reply(int status, String body) {
        JsonNode json() {
            return Wire.tree(body);
        }

        JsonNode data() {
            return json().path("data");
        }

        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The stable code of a refusal; empty for what is none, or is API Gateway's own. */
        String error() {
            return ok() || !body.startsWith("{") ? "" : json().path("error").asString("");
        }
    }

    Http(URI base) {
        this.base = base;
    }

    /** Every refusal that was met, as {@link Contract#refusals} names them. */
    Set<String> refusals() {
        return refusals;
    }

    /** @param token Bearer token, or null; @param body JSON, or null */
    Reply call(String method, String path, String token, String body) {
        return call(method, path, token, body, "Content-Type", "application/json");
    }

    /** @param headers names and values by turns */
    Reply call(String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0 && (body != null || !headers[0].equals("Content-Type"))) {
            request.headers(headers);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build(), path);
    }

    private Reply send(HttpRequest request, String path) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            List<String> faults = CONTRACT.faults(request.method(), path, response.statusCode(), response.body());
            if (!faults.isEmpty()) {
                throw new AssertionError(String.join("\n", faults));
            }
            Reply reply = new Reply(response.statusCode(), response.body());
            if (!reply.error().isEmpty()) {
                CONTRACT.routeOf(request.method(), path)
                        .ifPresent(route -> refusals.add(route + " " + reply.status() + " " + reply.error()));
            }
            return reply;
        } catch (IOException e) {
            throw new IllegalStateException(request.method() + " " + path + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends something as the whole body. */
    Reply send(String method, String path, String token, HttpRequest.BodyPublisher content, String mediaType) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", mediaType)
                .header("Authorization", "Bearer " + token)
                .method(method, content)
                .build();
        return send(request, path);
    }

    /** Sends a file as the whole body, which must be taken. */
    Reply upload(String path, String token, byte[] content, String mediaType) {
        Reply reply = send("POST", path, token, HttpRequest.BodyPublishers.ofByteArray(content), mediaType);
        if (!reply.ok()) {
            throw new IllegalStateException("POST " + path + " answered " + reply);
        }
        return reply;
    }

    Reply must(String method, String path, String token, String body) {
        Reply reply = call(method, path, token, body);
        if (!reply.ok()) {
            throw new IllegalStateException(method + " " + path + " answered " + reply);
        }
        return reply;
    }

    /** Sends bytes to a signed address, with the headers that were given with it. */
    static void put(URI address, JsonNode headers, byte[] bytes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        headers.properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asString()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("The store answered " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The store did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A new account, {@code name@example.org}, with {@link #PASSWORD}. Answers its id. */
    String register(String name) {
        return must(
                        "POST",
                        "/api/v1/register",
                        null,
                        "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
                                .formatted(name, name, PASSWORD))
                .data()
                .path("id")
                .asString();
    }

    /** A token of an account made by {@link #register}. */
    String login(String name) {
        return must(
                        "POST",
                        "/api/v1/login",
                        null,
                        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD))
                .data()
                .path("token")
                .asString();
    }
}
