package dev.parley.platform.lambda;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a socket's event.
 *
 * @param status 200 to accept
 * @param headers for a connection: the chosen {@code Sec-WebSocket-Protocol}
 * @param body sent back only where the route has a route response
 */
public record SocketReply(int status, Map<String, String> headers, Optional<String> body) {
    /** 200. */
    public static SocketReply ok() {
        return status(200);
    }

    public static SocketReply status(int status) {
        return new SocketReply(status, Map.of(), Optional.empty());
    }

    /** Accepts a connection and its subprotocol, which must be one that the client offered. */
    public static SocketReply accept(String subprotocol) {
        return new SocketReply(200, Map.of("Sec-WebSocket-Protocol", subprotocol), Optional.empty());
    }

    Map<String, Object> toJson() {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("statusCode", status);
        reply.put("headers", headers);
        body.ifPresent(text -> reply.put("body", text));
        reply.put("isBase64Encoded", false);
        return reply;
    }
}
