package dev.parley.checks.api;

import static dev.parley.checks.api.Schemas.ordered;

import dev.parley.kernel.ErrorCode;
import dev.parley.local.gateway.template.RestRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST API as an OpenAPI 3.1 document. */
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final Map<String, String> PATH_PARAMETERS = Map.of(
            "seq", "number of the message in its conversation",
            "uid", "id of the user, guest or participant",
            "session_id", "id of the media session",
            "invitation_id", "id of the invitation",
            "poll_id", "id of the poll",
            "room_id", "id of the breakout room",
            "emoji", "the sign, percent-encoded",
            "conversation_id", "id of the conversation",
            "device_id", "id of the device",
            "did", "id of the delivery");

    private static final Map<String, Object> ABOUT = ordered(
            "Accounts", "Signing up and in, profiles, sessions.",
            "Administration", "For moderators and administrators: people, meetings, nodes, limits, the audit log.",
            "Breakout rooms", "Rooms beside a meeting's own.",
            "Devices and pushes", "Machines that files are sent to, with a person or without one.",
            "Files", "Large files: in chunks, resumed, checked, given to others.",
            "Media", "The exchange of session descriptions with a media node.",
            "Meetings", "Planned and instant meetings, invitations, joining, the lobby.",
            "Messages", "Conversations of two, of groups and of meetings.",
            "Moderation", "What hosts do with who is in a meeting.",
            "Notifications", "What somebody missed, and the ways to tell them of it.",
            "Polls", "Questions to a meeting.",
            "Socket", "The ticket that opens the WebSocket.",
            "System", "Whether it runs, and the public keys of its tokens.",
            "Webhooks", "Addresses that are told what happens.");

    private final Endpoints endpoints;
    private final Schemas schemas;

    OpenApi(Endpoints endpoints, Schemas schemas) {
        this.endpoints = endpoints;
        this.schemas = schemas;
    }

    Map<String, Object> document(List<RestRoute> routes) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        List<RestRoute> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparing(RestRoute::path)
                .thenComparing(route -> METHODS.indexOf(route.method().toLowerCase(Locale.ROOT))));
        for (RestRoute route : sorted) {
            paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        return ordered(
                "openapi", "3.1.0",
                "jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema",
                "info",
                        ordered(
                                "title", "Parley",
                                "version", "1",
                                "summary", "Accounts, meetings, media, messages.",
                                "description", """
                                        Replies are an envelope: `code` is the HTTP status, `message` a sentence, `data` what was asked for. A refusal has a stable `error`, a `timestamp` and a `request_id` to name in a report.
                                        A member that has no value is absent. Members that a client does not know are to be passed over: new ones may come at any time. Times are RFC 3339 in UTC.
                                        """.strip(),
                                "license", ordered("name", "Apache 2.0", "identifier", "Apache-2.0")),
                "servers", List.of(ordered("url", "http://localhost:8800", "description", "local/up")),
                "tags", tags(sorted),
                "paths", paths,
                "components",
                        ordered(
                                "securitySchemes",
                                        ordered(
                                                "bearer",
                                                ordered(
                                                        "type",
                                                        "http",
                                                        "scheme",
                                                        "bearer",
                                                        "bearerFormat",
                                                        "JWT",
                                                        "description",
                                                        "An access token of ten minutes, of an account or of a guest.")),
                                "responses", ordered("Gateway", byTheGateway()),
                                "schemas", allSchemas()));
    }

    private static List<Map<String, Object>> tags(List<RestRoute> routes) {
        Endpoints endpoints = new Endpoints();
        return routes.stream()
                .map(route -> endpoints.of(route.name()).tag)
                .distinct()
                .sorted()
                .map(tag -> ordered("name", tag, "description", Objects.requireNonNull(ABOUT.get(tag), tag)))
                .toList();
    }

    private static Map<String, Object> byTheGateway() {
        return ordered(
                "description",
                "API Gateway answers by itself, before any function: 400 for what is no HTTP, 403 for an address that it has not, 413, 429, 502 or 504.",
                "content",
                ordered("application/json", ordered("schema", ordered("$ref", "#/components/schemas/GatewayMessage"))));
    }

    private Map<String, Object> allSchemas() {
        Map<String, Object> all = new TreeMap<>(schemas.named());
        all.put(
                "GatewayMessage",
                ordered(
                        "type",
                        "object",
                        "description",
                        "What API Gateway says by itself: no envelope.",
                        "required",
                        List.of("message"),
                        "properties",
                        ordered("message", ordered("type", "string"))));
        all.put(
                "Failure",
                ordered(
                        "type",
                        "object",
                        "description",
                        "A refusal.",
                        "required",
                        List.of("code", "message", "error", "timestamp", "request_id"),
                        "properties",
                        ordered(
                                "code", ordered("type", "integer", "description", "the HTTP status"),
                                "message",
                                        ordered(
                                                "type",
                                                "string",
                                                "description",
                                                "a sentence in English for developers"),
                                "error", ordered("type", "string", "description", "the stable code"),
                                "details",
                                        ordered(
                                                "type",
                                                "object",
                                                "description",
                                                "what a client may read beside it: `field`, `limit` and so on"),
                                "timestamp", ordered("type", "string", "format", "date-time"),
                                "request_id", ordered("type", "string"))));
        return all;
    }

    private Map<String, Object> operation(RestRoute route) {
        Endpoint endpoint = endpoints.of(route.name());
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put(
                "operationId",
                Character.toLowerCase(route.name().charAt(0)) + route.name().substring(1));
        operation.put("tags", List.of(endpoint.tag));
        operation.put("summary", endpoint.summary + ".");
        if (Endpoints.isAlias(route.name())) {
            operation.put("deprecated", true);
            operation.put("description", "Another address of the same.");
        }
        String who = switch (endpoint.caller) {
            case ANYBODY -> null;
            case GUEST -> "Accounts, and guests of the meeting that it is about.";
            case USER -> "Accounts.";
            case MODERATOR -> "Moderators and administrators.";
            case ADMIN -> "Administrators.";
        };
        if (who != null) {
            operation.merge("description", who, (before, more) -> before + " " + more);
        }
        operation.put("security", who == null ? List.of() : List.of(ordered("bearer", List.of())));
        List<Map<String, Object>> parameters = parameters(route.path(), endpoint);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        body(endpoint, operation);
        operation.put("responses", responses(endpoint));
        return operation;
    }

    private static List<Map<String, Object>> parameters(String path, Endpoint endpoint) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        Matcher name = PARAMETER.matcher(path);
        while (name.find()) {
            Map<String, Object> parameter = ordered("name", name.group(1), "in", "path", "required", true);
            String text = PATH_PARAMETERS.get(name.group(1));
            if (text != null) {
                parameter.put("description", text);
            }
            parameter.put("schema", ordered("type", name.group(1).equals("seq") ? "integer" : "string"));
            parameters.add(parameter);
        }
        for (Endpoint.Query query : endpoint.query) {
            Map<String, Object> parameter = ordered("name", query.name(), "in", "query");
            if (query.required()) {
                parameter.put("required", true);
            }
            parameter.put("description", query.text());
            parameter.put("schema", ordered("type", query.schema()));
            parameters.add(parameter);
        }
        return parameters;
    }

    private void body(Endpoint endpoint, Map<String, Object> operation) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (endpoint.body != null) {
            content.put("application/json", ordered("schema", schemas.of(endpoint.body)));
        }
        for (String mediaType : endpoint.rawBodies) {
            content.put(mediaType, Map.of());
        }
        if (!content.isEmpty()) {
            operation.put("requestBody", ordered("required", endpoint.bodyRequired, "content", content));
        }
    }

    private Map<String, Object> responses(Endpoint endpoint) {
        Map<String, Object> responses = new TreeMap<>();
        for (Endpoint.Reply reply : endpoint.replies) {
            Map<String, Object> schema =
                    reply.form() == Endpoint.Form.RAW ? Map.of() : ordered("schema", envelope(reply));
            responses.put(
                    Integer.toString(reply.status()),
                    ordered("description", reply.text(), "content", ordered(reply.mediaType(), schema)));
        }
        Map<Integer, List<ErrorCode>> byStatus = new TreeMap<>();
        for (ErrorCode error : endpoint.errors) {
            byStatus.computeIfAbsent(error.status(), status -> new ArrayList<>())
                    .add(error);
        }
        byStatus.forEach((status, errors) -> responses.put(Integer.toString(status), refusal(errors)));
        responses.put("default", ordered("$ref", "#/components/responses/Gateway"));
        return responses;
    }

    /** By the functions, in their envelope, or by API Gateway before any function. */
    private static Map<String, Object> refusal(List<ErrorCode> errors) {
        errors.sort(Comparator.comparing(ErrorCode::code));
        StringBuilder text = new StringBuilder();
        List<String> codes = new ArrayList<>();
        for (ErrorCode error : errors) {
            codes.add(error.code());
            text.append(text.isEmpty() ? "" : "\n")
                    .append("- `")
                    .append(error.code())
                    .append("`: ")
                    .append(error.message());
        }
        Map<String, Object> ours = ordered(
                "allOf",
                List.of(
                        ordered("$ref", "#/components/schemas/Failure"),
                        ordered("properties", ordered("error", ordered("type", "string", "enum", codes)))));
        Map<String, Object> schema =
                ordered("anyOf", List.of(ours, ordered("$ref", "#/components/schemas/GatewayMessage")));
        return ordered(
                "description", text.toString(),
                "content", ordered("application/json", ordered("schema", schema)));
    }

    private Map<String, Object> envelope(Endpoint.Reply reply) {
        Map<String, Object> properties = ordered(
                "code", ordered("type", "integer", "const", reply.status()),
                "message", ordered("type", "string"));
        List<String> required = new ArrayList<>(List.of("code", "message"));
        Map<String, Object> data = switch (reply.form()) {
            case NOTHING -> null;
            case ONE -> schemas.of(reply.type());
            case LIST -> ordered("type", "array", "items", schemas.of(reply.type()));
            case PAGE -> page(schemas.of(reply.type()));
            case RAW -> throw new IllegalArgumentException("a raw body has no envelope");
        };
        if (data != null) {
            required.add("data");
            properties.put("data", data);
        }
        return ordered("type", "object", "required", required, "properties", properties);
    }

    private static Map<String, Object> page(Map<String, Object> entry) {
        return ordered(
                "type", "object",
                "required", List.of("list", "total", "page", "page_size", "total_pages"),
                "properties",
                        ordered(
                                "list", ordered("type", "array", "items", entry),
                                "total", ordered("type", "integer", "format", "int64"),
                                "page", ordered("type", "integer", "format", "int32"),
                                "page_size", ordered("type", "integer", "format", "int32"),
                                "total_pages", ordered("type", "integer", "format", "int32")));
    }
}
