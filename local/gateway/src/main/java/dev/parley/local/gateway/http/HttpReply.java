package dev.parley.local.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes back to the client.
 *
 * @param status HTTP status
 * @param headers every name with its values
 * @param body may be empty
 */
public record HttpReply(int status, Map<String, List<String>> headers, byte[] body) {
    /** An answer of the gateway itself. */
    public static HttpReply of(GatewayResponse response) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of("application/json"));
        headers.put("x-amzn-ErrorType", List.of(response.errorType()));
        return new HttpReply(response.status(), headers, response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON answer. */
    public static HttpReply json(int status, String body) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of("application/json"));
        return new HttpReply(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** No body. */
    public static HttpReply empty(int status) {
        return new HttpReply(status, new LinkedHashMap<>(), new byte[0]);
    }

    /** The same with one more header. */
    public HttpReply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, List.of(value));
        return new HttpReply(status, more, body);
    }
}
