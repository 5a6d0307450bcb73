package dev.parley.checks.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The schemas as TypeScript types, for the client library to be checked against. */
final class TypeScript {
    private static final String REFERENCE = "#/components/schemas/";

    private TypeScript() {}

    static String write(Map<String, Map<String, Object>> schemas) {
        StringBuilder text = new StringBuilder("// Made of the records of contracts; docs/contracts.md says how.\n");
        schemas.forEach((name, schema) -> {
            text.append('\n');
            if (schema.containsKey("properties") || "object".equals(schema.get("type"))) {
                text.append("export interface ")
                        .append(name)
                        .append(' ')
                        .append(object(schema, ""))
                        .append('\n');
            } else {
                text.append("export type ")
                        .append(name)
                        .append(" = ")
                        .append(type(schema, ""))
                        .append(";\n");
            }
        });
        return text.toString();
    }

    @SuppressWarnings("unchecked")
    private static String object(Map<String, Object> schema, String indent) {
        Map<String, Object> properties = (Map<String, Object>) schema.getOrDefault("properties", Map.of());
        Set<Object> required = new TreeSet<>((List<Object>) schema.getOrDefault("required", List.of()));
        StringBuilder text = new StringBuilder("{\n");
        properties.forEach((name, property) -> text.append(indent)
                .append("  ")
                .append(name)
                .append(required.contains(name) ? ": " : "?: ")
                .append(type((Map<String, Object>) property, indent + "  "))
                .append(";\n"));
        return text.append(indent).append('}').toString();
    }

    @SuppressWarnings("unchecked")
    private static String type(Map<String, Object> schema, String indent) {
        if (schema.get("$ref") instanceof String reference) {
            return reference.substring(REFERENCE.length());
        }
        if (schema.get("const") instanceof String word) {
            return '"' + word + '"';
        }
        if (schema.get("enum") instanceof List<?> words) {
            return words.stream().map(word -> "\"" + word + '"').collect(Collectors.joining(" | "));
        }
        if (schema.get("oneOf") instanceof List<?> options) {
            return options.stream()
                    .map(option -> type((Map<String, Object>) option, indent))
                    .collect(Collectors.joining(" | "));
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "array" -> array(type((Map<String, Object>) schema.get("items"), indent));
            case "object" ->
                schema.get("additionalProperties") instanceof Map<?, ?> values
                        ? "Record<string, " + type((Map<String, Object>) values, indent) + ">"
                        : object(schema, indent);
            default -> "unknown";
        };
    }

    private static String array(String entry) {
        return entry.contains(" | ") ? "(" + entry + ")[]" : entry + "[]";
    }
}
