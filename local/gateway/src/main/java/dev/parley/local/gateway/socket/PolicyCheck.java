package dev.parley.local.gateway.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Evaluates an authorizer's IAM policy for one ARN: an explicit deny wins, no allow is a deny. */
final class PolicyCheck {
    private static final String INVOKE = "execute-api:Invoke";

    private PolicyCheck() {}

    static boolean allows(JsonNode policyDocument, String arn) {
        boolean allowed = false;
        for (JsonNode statement : list(policyDocument.path("Statement"))) {
            boolean applies = texts(statement.path("Action")).stream().anyMatch(action -> matches(action, INVOKE))
                    && texts(statement.path("Resource")).stream().anyMatch(resource -> matches(resource, arn));
            if (applies) {
                if (statement.path("Effect").asString("").equals("Deny")) {
                    return false;
                }
                allowed |= statement.path("Effect").asString("").equals("Allow");
            }
        }
        return allowed;
    }

    private static List<JsonNode> list(JsonNode node) {
        if (!node.isArray()) {
            return List.of(node);
        }
        var items = new ArrayList<JsonNode>();
        node.forEach(items::add);
        return items;
    }

    private static List<String> texts(JsonNode node) {
        return list(node).stream().map(item -> item.asString("")).toList();
    }

    private static boolean matches(String wildcard, String text) {
        var pattern = new StringBuilder();
        for (char c : wildcard.toCharArray()) {
            pattern.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.matches(pattern.toString(), text);
    }
}
