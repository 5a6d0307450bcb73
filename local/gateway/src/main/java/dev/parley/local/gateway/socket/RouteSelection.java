package dev.parley.local.gateway.socket;

import dev.parley.local.gateway.event.EventJson;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A {@code RouteSelectionExpression}: {@code $request.body.type}, or a text with {@code ${request.body.x}} in it. A variable that is
 * missing is empty; a body that is no JSON selects nothing.
 */
final class RouteSelection {
    private static final Pattern WHOLE = Pattern.compile("\\$request\\.body\\.([A-Za-z0-9_.-]+)");
    private static final Pattern PART = Pattern.compile("\\$\\{request\\.body\\.([A-Za-z0-9_.-]+)}");

    private final String expression;

    RouteSelection(String expression) {
        this.expression = expression;
    }

    /** The route key that the message asks for; empty when it is no JSON. */
    Optional<String> select(String message) {
        JsonNode body;
        try {
            body = EventJson.MAPPER.readTree(message);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        Matcher whole = WHOLE.matcher(expression);
        if (whole.matches()) {
            return Optional.of(value(body, whole.group(1)));
        }
        return Optional.of(PART.matcher(expression)
                .replaceAll(part -> Matcher.quoteReplacement(value(body, part.group(1))))
                .replace("\\$", "$"));
    }

    private static String value(JsonNode body, String path) {
        JsonNode node = body;
        for (String name : path.split("\\.")) {
            node = node.path(name);
        }
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        return node.isValueNode() ? node.asString() : node.toString();
    }
}
