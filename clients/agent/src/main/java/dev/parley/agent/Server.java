package dev.parley.agent;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of the REST API that a device needs, with its short token. Thread-safe. What the server refuses is a {@link RefusedException}. */
final class Server {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** A token is renewed so long before it ends. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final URI base;
    private final HttpClient http;
    private final InstantSource clock;
    private String token = "";
    private Instant tokenEnds = Instant.EPOCH;

    Server(URI base, HttpClient http, InstantSource clock) {
        this.base = base;
        this.http = http;
        this.clock = clock;
    }

    /** Signs in as an account, to register a device. @return its access token */
    String login(String username, String password) throws IOException, InterruptedException {
        return call("POST", "/login", "", Map.of("username", username, "password", password))
                .text("token");
    }

    /** Registers a device that signs in by itself. */
    Credential register(String accessToken, String name, String kind) throws IOException, InterruptedException {
        Json data = call("POST", "/devices", accessToken, Map.of("name", name, "kind", kind, "credential", true));
        return new Credential(base, data.object("device").text("device_id"), data.text("credential"));
    }

    /** Signs in as the device, when the token is missing or about to end. */
    synchronized void signIn(Credential credential) throws IOException, InterruptedException {
        if (clock.instant().isBefore(tokenEnds.minus(MARGIN))) {
            return;
        }
        Json data = call(
                "POST",
                "/devices/token",
                "",
                Map.of("device_id", credential.deviceId(), "credential", credential.secret()));
        token = data.text("token");
        tokenEnds = instant(data.text("expires_at")).orElse(clock.instant().plus(MARGIN.multipliedBy(2)));
    }

    private synchronized String token() {
        return token;
    }

    private synchronized void forget(String refused) {
        if (token.equals(refused)) {
            tokenEnds = Instant.EPOCH;
        }
    }

    /** What the device has still to fetch. */
    List<Json> pending(Credential credential) throws IOException, InterruptedException {
        return asDevice(credential, "GET", "/devices/" + credential.deviceId() + "/pushes", null)
                .objects("list");
    }

    Json manifest(Credential credential, String fileId) throws IOException, InterruptedException {
        return asDevice(credential, "GET", "/files/" + fileId + "/manifest", null);
    }

    /** An address that answers any range of a file for some minutes. */
    Json address(Credential credential, String fileId) throws IOException, InterruptedException {
        return asDevice(credential, "GET", "/files/" + fileId + "/url", null);
    }

    void report(Credential credential, String pushId, Map<String, Object> state)
            throws IOException, InterruptedException {
        asDevice(credential, "POST", "/pushes/" + pushId + "/devices/" + credential.deviceId() + "/state", state);
    }

    /** A ticket for the socket, and where that is. */
    Json ticket(Credential credential) throws IOException, InterruptedException {
        return asDevice(credential, "POST", "/ws-tickets", Map.of());
    }

    /** With the device's token; a token that the server does not take any more is replaced once. */
    private Json asDevice(Credential credential, String method, String path, Map<String, Object> body)
            throws IOException, InterruptedException {
        signIn(credential);
        String used = token();
        try {
            return call(method, path, used, body);
        } catch (RefusedException e) {
            if (e.status() != 401) {
                throw e;
            }
            forget(used);
            signIn(credential);
            return call(method, path, token(), body);
        }
    }

    private Json call(String method, String path, String bearer, Map<String, Object> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json");
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)));
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException("nothing answers at " + base, e);
        }
        Json envelope = envelope(response);
        if (response.statusCode() >= 300) {
            throw new RefusedException(
                    response.statusCode(),
                    envelope.text("error"),
                    method + " " + path.replaceFirst("\\?.*", "") + ": " + response.statusCode() + " "
                            + envelope.text("message"),
                    retryAfter(response));
        }
        return envelope.object("data");
    }

    private static Json envelope(HttpResponse<String> response) throws RefusedException {
        try {
            return Json.parse(response.body());
        } catch (IllegalArgumentException e) {
            if (response.statusCode() >= 300) {
                return Json.EMPTY;
            }
            throw new RefusedException(502, "", "the answer is no JSON", Duration.ZERO);
        }
    }

    /** What Retry-After says, in seconds or as a date; at most an hour. */
    static Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        Duration asked = Duration.ZERO;
        if (value.matches("[0-9]{1,9}")) {
            asked = Duration.ofSeconds(Long.parseLong(value));
        } else if (!value.isEmpty()) {
            try {
                Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                asked = Duration.between(Instant.now(), until);
            } catch (DateTimeException e) {
                return Duration.ZERO;
            }
        }
        return asked.isNegative()
                ? Duration.ZERO
                : asked.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : asked;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
