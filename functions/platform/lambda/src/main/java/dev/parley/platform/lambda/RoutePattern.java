package dev.parley.platform.lambda;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code METHOD /path/{name}/more}, as it stands in {@code template.yaml}. A name takes one part of a path, never an empty one. */
record RoutePattern(String method, List<String> parts) {
    static RoutePattern parse(String text) {
        int space = text.indexOf(' ');
        if (space < 1 || !text.startsWith("/", space + 1)) {
            throw new IllegalArgumentException("A route reads 'METHOD /path', not '" + text + "'");
        }
        return new RoutePattern(text.substring(0, space), partsOf(text.substring(space + 1)));
    }

    static List<String> partsOf(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** The path's parameters, when the path fits; the method is not looked at. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (isName(part)) {
                String value = decode(path.get(i));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                parameters.put(part.substring(1, part.length() - 1), value);
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** How many parts are fixed: of two patterns that fit, the one with more is meant. */
    int fixedParts() {
        return (int) parts.stream().filter(part -> !isName(part)).count();
    }

    @Override
    public String toString() {
        return method + " /" + String.join("/", parts);
    }

    private static boolean isName(String part) {
        return part.startsWith("{") && part.endsWith("}");
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
