package dev.parley.local.gateway.event;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An HTTP request as it reached the gateway.
 *
 * @param method in upper case
 * @param path as sent, without the query
 * @param rawQuery as sent, empty when there is none
 * @param headers in order of arrival, names as sent
 * @param sourceIp the peer
 * @param protocol such as {@code HTTP/1.1}
 * @param scheme {@code http} or {@code https}
 */
public record IncomingRequest(
        String method,
        String path,
        String rawQuery,
        List<Header> headers,
        String sourceIp,
        String protocol,
        String scheme) {
    /** One header line. */
    public record Header(String name, String value) {}

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-forwarded-for",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-amzn-trace-id");

    public IncomingRequest {
        headers = List.copyOf(headers);
    }

    /** The last value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .reduce((first, last) -> last);
    }

    /** The host name the client asked for, without the port. */
    public String domainName() {
        return header("Host").map(host -> host.replaceFirst(":\\d+$", "")).orElse("localhost");
    }

    /**
     * The headers a function sees: those of one hop left out, the forwarding headers and the trace id added, values of one name together
     * under the name first used.
     */
    Map<String, List<String>> forwardedHeaders(String traceId) {
        var names = new LinkedHashMap<String, String>();
        var values = new LinkedHashMap<String, List<String>>();
        for (Header header : headers) {
            String lower = header.name().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower)) {
                String name = names.computeIfAbsent(lower, unused -> header.name());
                values.computeIfAbsent(name, unused -> new ArrayList<>()).add(header.value());
            }
        }
        values.put("X-Amzn-Trace-Id", List.of(header("X-Amzn-Trace-Id").orElse(traceId)));
        values.put(
                "X-Forwarded-For",
                List.of(header("X-Forwarded-For")
                        .map(before -> before + ", " + sourceIp)
                        .orElse(sourceIp)));
        values.put("X-Forwarded-Port", List.of(port()));
        values.put("X-Forwarded-Proto", List.of(scheme));
        return values;
    }

    /**
     * The query's parameters, decoded, in order.
     *
     * @throws IllegalArgumentException when it is not well encoded
     */
    public Map<String, List<String>> query() {
        var values = new LinkedHashMap<String, List<String>>();
        for (String pair : rawQuery.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                values.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
            }
        }
        return values;
    }

    private String port() {
        String host = header("Host").orElse("");
        int colon = host.lastIndexOf(':');
        if (colon >= 0 && host.substring(colon + 1).matches("\\d+")) {
            return host.substring(colon + 1);
        }
        return scheme.equals("https") ? "443" : "80";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
