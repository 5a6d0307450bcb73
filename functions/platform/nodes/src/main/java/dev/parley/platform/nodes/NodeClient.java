package dev.parley.platform.nodes;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.node.NodeFailure;
import dev.parley.contracts.node.NodeHealth;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.kernel.tokens.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Calls a node's control API: HTTPS pinned to the certificate in the node's lease, and a token that is good for 30 s, this node and
 * this body alone. Thread-safe; keeps one connection pool per certificate.
 *
 * <p>Every method throws {@link dev.parley.kernel.ApiException}: 503 {@code fleet.unavailable} when the node cannot be reached, 502
 * {@code fleet.bad_reply} when it answers nonsense, and else what the node itself answered, such as 409 {@code media.moved}.
 */
public final class NodeClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration OFFER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ACT_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(3);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final int POOLS = 32;
    private static final byte[] NOTHING = new byte[0];

    private final TokenIssuer<NodeClaims> tokens;
    private final Map<String, HttpClient> byFingerprint = new LinkedHashMap<>(16, 0.75f, true);

    public NodeClient(TokenIssuer<NodeClaims> tokens) {
        this.tokens = Objects.requireNonNull(tokens);
    }

    /** {@code POST /v1/rooms/{room}/sessions}: a participant's offer; the answer carries the session's id. */
    public MediaAnswer open(NodeLease node, String roomId, NodeOffer offer) {
        return read(call(node, "POST", sessions(roomId), Wire.writeBytes(offer), OFFER_TIMEOUT), MediaAnswer.class);
    }

    /** {@code PUT /v1/rooms/{room}/sessions/{session}}: ICE restart, by the participant who has the session. */
    public MediaAnswer restart(NodeLease node, String roomId, String sessionId, NodeRestart restart) {
        String path = sessions(roomId) + "/" + encoded(sessionId);
        return read(call(node, "PUT", path, Wire.writeBytes(restart), OFFER_TIMEOUT), MediaAnswer.class);
    }

    /** {@code DELETE /v1/rooms/{room}/sessions/{session}?participant=p_…}: ends the participant's session. */
    public void close(NodeLease node, String roomId, String sessionId, String participantId) {
        String path = sessions(roomId) + "/" + encoded(sessionId) + "?participant=" + encoded(participantId);
        call(node, "DELETE", path, NOTHING, ACT_TIMEOUT);
    }

    /** {@code POST /v1/rooms/{room}/acts}: a host's act, in force when this returns. */
    public void act(NodeLease node, String roomId, RoomAct act) {
        call(node, "POST", "/v1/rooms/" + encoded(roomId) + "/acts", Wire.writeBytes(act), ACT_TIMEOUT);
    }

    /** {@code GET /v1/health}. */
    public NodeHealth health(NodeLease node) {
        return read(call(node, "GET", "/v1/health", NOTHING, PROBE_TIMEOUT), NodeHealth.class);
    }

    /** Whether the very process that holds the lease answers within a second. */
    public boolean answers(NodeLease node) {
        try {
            return health(node).incarnation().equals(node.incarnation());
        } catch (dev.parley.kernel.ApiException e) {
            return false;
        }
    }

    private byte[] call(NodeLease node, String method, String path, byte[] body, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.controlUrl() + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + token(node, body))
                .header("Content-Type", "application/json")
                .timeout(timeout)
                .build();
        HttpResponse<byte[]> response = send(node, request);
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw refusal(node, response).toException();
    }

    private HttpResponse<byte[]> send(NodeLease node, HttpRequest request) {
        try {
            return client(node.fingerprint()).send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw FleetErrors.UNAVAILABLE.because("Media node " + node.nodeId() + " does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetErrors.UNAVAILABLE.because("Interrupted while calling node " + node.nodeId() + ".", e);
        }
    }

    private String token(NodeLease node, byte[] body) {
        return tokens.issue(Audience.node(node.nodeId()), NodeClaims.of(body)).token();
    }

    private static NodeRefusal refusal(NodeLease node, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        try {
            NodeFailure.Failure failure =
                    Wire.read(response.body(), NodeFailure.class).error();
            if (failure != null && failure.code() != null && status >= 400 && status < 600) {
                return new NodeRefusal(
                        status,
                        failure.code(),
                        Objects.requireNonNullElse(failure.message(), ""),
                        status == 503 ? retryAfter(response) : null);
            }
        } catch (WireException e) {
            // Falls through: whatever answered there, it was no node of ours.
        }
        return new NodeRefusal(
                FleetErrors.BAD_REPLY.status(),
                FleetErrors.BAD_REPLY.code(),
                "Media node " + node.nodeId() + " answered " + status + " without a reason.",
                null);
    }

    /** As long as the node says, in whole seconds; else as long as the fleet says. */
    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[1-9][0-9]?"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .filter(wait -> wait.compareTo(LONGEST_RETRY) <= 0)
                .orElse(RETRY);
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return Wire.read(body, type);
        } catch (WireException e) {
            throw FleetErrors.BAD_REPLY.because(FleetErrors.BAD_REPLY.message(), e);
        }
    }

    private HttpClient client(String fingerprint) {
        synchronized (byFingerprint) {
            HttpClient client = byFingerprint.computeIfAbsent(
                    fingerprint,
                    pin -> HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(CONNECT_TIMEOUT)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .sslContext(CertificatePin.context(pin))
                            .build());
            if (byFingerprint.size() > POOLS) {
                Iterator<HttpClient> eldest = byFingerprint.values().iterator();
                // Calls under way on it end first; only then does its selector thread stop.
                eldest.next().shutdown();
                eldest.remove();
            }
            return client;
        }
    }

    private static String sessions(String roomId) {
        return "/v1/rooms/" + encoded(roomId) + "/sessions";
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        synchronized (byFingerprint) {
            byFingerprint.values().forEach(HttpClient::shutdownNow);
            byFingerprint.clear();
        }
    }
}
