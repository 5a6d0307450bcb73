package dev.parley.peer;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.meetings.GuestPass;
import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.JoinReply;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingView;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The part of the REST API a participant needs. Thread-safe. Every call throws {@link ApiFailure} when it is refused. */
public final class ParleyApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI base;
    private final HttpClient http;

    /**
     * A client.
     *
     * @param base where the product is served, such as {@code http://127.0.0.1:8800}
     */
    public ParleyApi(URI base) {
        this.base = base;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Creates an account. */
    public void register(String username, String password, String nickname) throws IOException, InterruptedException {
        call(
                "POST",
                "/register",
                "",
                Map.of(
                        "username", username,
                        "email", username + "@demo.parley.example",
                        "password", password,
                        "nickname", nickname));
    }

    /** An access token. */
    public String login(String username, String password) throws IOException, InterruptedException {
        JsonNode data = call("POST", "/login", "", Map.of("username", username, "password", password));
        return data.path("token").asString();
    }

    /** Creates a meeting. */
    public MeetingView create(String token, String title) throws IOException, InterruptedException {
        MeetingDraft draft = new MeetingDraft(title, null, null, null, null, null, null, null);
        return read(call("POST", "/meetings", token, draft), MeetingView.class);
    }

    /** Reads a meeting. */
    public MeetingView meeting(String token, String meetingId) throws IOException, InterruptedException {
        return read(call("GET", "/meetings/" + meetingId, token, null), MeetingView.class);
    }

    /** Starts a meeting; one that is running already is fine. */
    public void start(String token, String meetingId) throws IOException, InterruptedException {
        call("POST", "/meetings/" + meetingId + "/start", token, Map.of());
    }

    /** Ends a meeting for everybody. */
    public void end(String token, String meetingId) throws IOException, InterruptedException {
        call("POST", "/meetings/" + meetingId + "/end", token, Map.of());
    }

    /** A guest's pass; the key of an earlier one makes it the same guest. */
    public GuestPass guest(String meetingId, String displayName, Optional<String> guestKey)
            throws IOException, InterruptedException {
        GuestRequest request = new GuestRequest(displayName, null, guestKey.orElse(null));
        return read(call("POST", "/meetings/" + meetingId + "/guests", "", request), GuestPass.class);
    }

    /** Joins; empty while the lobby holds us. */
    public Optional<JoinReply> join(String token, String meetingId, String displayName)
            throws IOException, InterruptedException {
        JsonNode data = call("POST", "/meetings/" + meetingId + "/join", token, new JoinRequest(null, displayName));
        return data.path("state").asString("").equals("waiting")
                ? Optional.empty()
                : Optional.of(read(data, JoinReply.class));
    }

    /** The media exchange. */
    public MediaAnswer exchange(String token, String meetingId, MediaOffer offer)
            throws IOException, InterruptedException {
        return read(call("POST", "/meetings/" + meetingId + "/media", token, offer), MediaAnswer.class);
    }

    /** Leaves. */
    public void leave(String token, String meetingId) throws IOException, InterruptedException {
        call("POST", "/meetings/" + meetingId + "/leave", token, Map.of());
    }

    private JsonNode call(String method, String path, String token, Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(Wire.writeBytes(body)));
        }
        HttpResponse<String> response = send(request.build());
        JsonNode envelope = tree(response);
        if (response.statusCode() >= 300) {
            throw new ApiFailure(
                    response.statusCode(),
                    envelope.path("error").asString("http.unexpected"),
                    method + " " + path + ": " + envelope.path("message").asString("no message"));
        }
        return envelope.path("data");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException("nothing answers at " + base, e);
        }
    }

    private static JsonNode tree(HttpResponse<String> response) throws ApiFailure {
        try {
            return Wire.tree(response.body());
        } catch (WireException e) {
            throw new ApiFailure(response.statusCode(), "http.unexpected", "the answer is no JSON");
        }
    }

    private static <T> T read(JsonNode data, Class<T> type) throws IOException {
        try {
            return Wire.read(data.toString(), type);
        } catch (WireException e) {
            throw new IOException("the API's answer is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
