package dev.parley.local.gateway.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a function answered by the Lambda proxy contract.
 *
 * @param status HTTP status
 * @param headers every name with its values, in order
 * @param body decoded when the function sent it as base64
 * @param base64 whether it did
 */
public record ProxyReply(int status, Map<String, List<String>> headers, byte[] body, boolean base64) {
    private static final Set<String> KNOWN =
            Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;

    /** The function's answer breaks the contract; API Gateway makes 502 of it. */
    public static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    /** @throws Malformed when it is not an object with a status and texts where texts must be */
    public static ProxyReply parse(byte[] answer) throws Malformed {
        JsonNode node;
        try {
            node = EventJson.MAPPER.readTree(answer);
        } catch (JacksonException e) {
            throw new Malformed("the answer is not JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw new Malformed("the answer is not an object");
        }
        for (String name : node.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw new Malformed("the answer has an unknown field " + name);
            }
        }
        return new ProxyReply(status(node), headers(node), body(node), flag(node));
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().getFirst())
                .findFirst();
    }

    private static int status(JsonNode node) throws Malformed {
        JsonNode value = node.path("statusCode");
        int status = value.isInt() ? value.intValue() : -1;
        if (value.isString() && value.stringValue().matches("\\d{3}")) {
            status = Integer.parseInt(value.stringValue());
        }
        if (status < MIN_STATUS || status > MAX_STATUS) {
            throw new Malformed("statusCode must be an HTTP status, not " + value);
        }
        return status;
    }

    private static Map<String, List<String>> headers(JsonNode node) throws Malformed {
        var headers = new LinkedHashMap<String, List<String>>();
        for (Map.Entry<String, JsonNode> entry : entries(node, "headers")) {
            headers.put(entry.getKey(), List.of(scalar("headers." + entry.getKey(), entry.getValue())));
        }
        for (Map.Entry<String, JsonNode> entry : entries(node, "multiValueHeaders")) {
            if (!entry.getValue().isArray()) {
                throw new Malformed("multiValueHeaders." + entry.getKey() + " must be a list");
            }
            var values = new ArrayList<String>();
            for (JsonNode value : entry.getValue()) {
                values.add(scalar("multiValueHeaders." + entry.getKey(), value));
            }
            if (!values.isEmpty()) {
                headers.keySet().removeIf(name -> name.equalsIgnoreCase(entry.getKey()));
                headers.put(entry.getKey(), List.copyOf(values));
            }
        }
        return headers;
    }

    private static Iterable<Map.Entry<String, JsonNode>> entries(JsonNode node, String name) throws Malformed {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isObject()) {
            throw new Malformed(name + " must be an object");
        }
        return value.properties();
    }

    private static String scalar(String place, JsonNode value) throws Malformed {
        if (!value.isValueNode() || value.isNull()) {
            throw new Malformed(place + " must be a text");
        }
        return value.asString();
    }

    private static byte[] body(JsonNode node) throws Malformed {
        JsonNode value = node.path("body");
        if (value.isMissingNode() || value.isNull()) {
            return new byte[0];
        }
        if (!value.isString()) {
            throw new Malformed("body must be a text");
        }
        if (!flag(node)) {
            return value.stringValue().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(value.stringValue());
        } catch (IllegalArgumentException e) {
            throw new Malformed("body is not base64");
        }
    }

    private static boolean flag(JsonNode node) throws Malformed {
        JsonNode value = node.path("isBase64Encoded");
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new Malformed("isBase64Encoded must be true or false");
        }
        return value.booleanValue();
    }
}
