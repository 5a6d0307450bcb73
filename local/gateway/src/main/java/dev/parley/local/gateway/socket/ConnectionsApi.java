package dev.parley.local.gateway.socket;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.http.HttpReply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST, GET, DELETE /{stage}/@connections/{id}}: how functions write to sockets, look at them and close them, as the unmodified
 * AWS SDK calls it. A request must be signed; the signature itself is not checked, for this side of the gateway is reachable from this
 * machine alone.
 */
public final class ConnectionsApi {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_INSTANT.withZone(ZoneOffset.UTC);
    private static final int NORMAL = 1000;

    private final SocketApi api;

    public ConnectionsApi(SocketApi api) {
        this.api = api;
    }

    /** Bytes a post may have; one more is 413. */
    public int bodyLimit() {
        return api.limits().messageBytes();
    }

    /** Whether the path is one of this API. */
    public boolean owns(String path) {
        return path.startsWith(prefix());
    }

    /** Answers one request. @param body empty when it was longer than {@link #bodyLimit()} */
    public HttpReply answer(IncomingRequest request, Optional<byte[]> body) {
        if (!request.header("Authorization").orElse("").startsWith("AWS4-HMAC-SHA256 ")) {
            return failure(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        String id = URLDecoder.decode(request.path().substring(prefix().length()), StandardCharsets.UTF_8);
        Optional<Connection> connection = api.connections().find(id).filter(found -> !api.pretendsGone());
        if (connection.isEmpty()) {
            return failure(410, "GoneException", "Gone");
        }
        return switch (request.method()) {
            case "POST" -> post(connection.get(), body);
            case "GET" -> describe(connection.get());
            case "DELETE" -> {
                connection.get().close(NORMAL, "Connection Closed Normally");
                yield HttpReply.empty(204);
            }
            default -> failure(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        };
    }

    private HttpReply post(Connection connection, Optional<byte[]> body) {
        if (body.isEmpty()) {
            return failure(413, "PayloadTooLargeException", "Message too long");
        }
        if (!connection.send(new String(body.get(), StandardCharsets.UTF_8))) {
            return failure(429, "LimitExceededException", "The client does not read as fast as it is written to");
        }
        connection.touch(api.clock().instant());
        return HttpReply.empty(200);
    }

    private static HttpReply describe(Connection connection) {
        ObjectNode identity = EventJson.MAPPER.createObjectNode();
        IncomingRequest handshake = connection.identity().handshake();
        identity.put("sourceIp", handshake.sourceIp());
        identity.put("userAgent", handshake.header("User-Agent").orElse(""));
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        answer.put("connectedAt", ISO.format(connection.identity().connectedAt()));
        answer.set("identity", identity);
        answer.put("lastActiveAt", ISO.format(connection.lastActive()));
        return HttpReply.json(200, answer.toString());
    }

    private String prefix() {
        return "/" + api.spec().stage() + "/@connections/";
    }

    private static HttpReply failure(int status, String type, String message) {
        return HttpReply.json(status, "{\"message\":\"" + message + "\"}").with("x-amzn-ErrorType", type);
    }
}
