package dev.parley.local.gateway.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the YAML of a SAM template into {@link Template}. Properties that only AWS uses are not looked at. */
final class TemplateReader {
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (second|minute|hour|day)s?\\)");
    private static final int DEFAULT_TIMEOUT_SECONDS = 3;
    private static final int DEFAULT_MEMORY_MB = 128;
    private static final int SOCKET_TIMEOUT_MILLIS = 29_000;

    private final String source;
    private final Map<String, Object> document;
    private final Path folder;

    TemplateReader(String source, String text, Path folder) {
        this.source = source;
        this.document = TemplateYaml.read(source, text);
        this.folder = folder;
    }

    Template read(Map<String, String> overrides) {
        Map<String, Object> resources = map("Resources");
        var intrinsics = new Intrinsics(parameters(overrides), map("Conditions"), resources);
        Section globals = new Section(source + ".Globals", map("Globals"), intrinsics);
        var tables = new StreamReader(resources, intrinsics);
        var queues = new QueueReader(resources, intrinsics);
        var functions = new LinkedHashMap<String, FunctionSpec>();
        var routes = new ArrayList<RestRoute>();
        Section rest = null;
        Section socket = null;
        String restId = "";
        String socketId = "";
        for (Map.Entry<String, Object> entry : resources.entrySet()) {
            String id = entry.getKey();
            Section resource = new Section(id, entry.getValue(), intrinsics);
            if (resource.has("Condition")
                    && !intrinsics.condition(
                            String.valueOf(resource.raw("Condition").orElseThrow()))) {
                continue;
            }
            Section properties = resource.section("Properties");
            switch (resource.required("Type")) {
                case "AWS::Serverless::Function" -> {
                    functions.put(id, function(id, properties, globals.section("Function"), tables, queues));
                    routes.addAll(routes(id, properties.section("Events")));
                }
                case "AWS::Serverless::Api" -> {
                    rest = only(rest, properties, "AWS::Serverless::Api");
                    restId = id;
                }
                case "AWS::Serverless::WebSocketApi" -> {
                    socket = only(socket, properties, "AWS::Serverless::WebSocketApi");
                    socketId = id;
                }
                default -> {
                    // tables, roles and the like have no part in the gateway
                }
            }
        }
        checkUnique(routes);
        Optional<RestApiSpec> restApi =
                rest == null ? Optional.empty() : Optional.of(restApi(restId, rest, globals.section("Api"), routes));
        Optional<SocketApiSpec> socketApi =
                socket == null ? Optional.empty() : Optional.of(socketApi(socketId, socket, functions));
        return new Template(functions, queues.queues(), restApi, socketApi);
    }

    private Map<String, String> parameters(Map<String, String> overrides) {
        var values = new LinkedHashMap<String, String>();
        map("Parameters").forEach((name, definition) -> {
            if (definition instanceof Map<?, ?> map && map.get("Default") != null) {
                values.put(name, String.valueOf(map.get("Default")));
            }
        });
        overrides.forEach((name, value) -> {
            if (!map("Parameters").containsKey(name)) {
                throw new TemplateException(source + " has no parameter " + name);
            }
            values.put(name, value);
        });
        return values;
    }

    private FunctionSpec function(String id, Section own, Section global, StreamReader tables, QueueReader queues) {
        var environment = new LinkedHashMap<>(
                global.section("Environment").section("Variables").textMap());
        environment.putAll(own.section("Environment").section("Variables").textMap());
        String code = own.text("CodeUri")
                .or(() -> global.text("CodeUri"))
                .orElseThrow(() -> new TemplateException(id + " needs CodeUri"));
        String handler = own.text("Handler")
                .or(() -> global.text("Handler"))
                .orElseThrow(() -> new TemplateException(id + " needs Handler"));
        int timeout = own.integer("Timeout", global.integer("Timeout", DEFAULT_TIMEOUT_SECONDS));
        int memory = own.integer("MemorySize", global.integer("MemorySize", DEFAULT_MEMORY_MB));
        int concurrency = own.integer("ReservedConcurrentExecutions", -1);
        return new FunctionSpec(
                id,
                folder.resolve(code).normalize(),
                handler,
                Duration.ofSeconds(timeout),
                memory,
                environment,
                concurrency < 0 ? OptionalInt.empty() : OptionalInt.of(concurrency),
                schedules(own.section("Events")),
                tables.streams(own.section("Events")),
                queues.sources(own.section("Events"), timeout));
    }

    private static List<RestRoute> routes(String function, Section events) {
        var routes = new ArrayList<RestRoute>();
        for (Map.Entry<String, Section> entry : events.children().entrySet()) {
            Section event = entry.getValue();
            if (event.required("Type").equals("Api")) {
                Section properties = event.section("Properties");
                String path = properties.required("Path");
                if (!path.startsWith("/")) {
                    throw new TemplateException(event.place() + ".Path must start with /");
                }
                String method = properties.required("Method").toUpperCase(Locale.ROOT);
                routes.add(new RestRoute(entry.getKey(), method.equals("*") ? "ANY" : method, path, function));
            }
        }
        return routes;
    }

    private static List<ScheduleSpec> schedules(Section events) {
        var schedules = new ArrayList<ScheduleSpec>();
        events.children().forEach((name, event) -> {
            String type = event.required("Type");
            if (type.equals("Schedule") || type.equals("ScheduleV2")) {
                Section properties = event.section("Properties");
                String expression =
                        properties.text("Schedule").orElseGet(() -> properties.required("ScheduleExpression"));
                Matcher rate = RATE.matcher(expression);
                if (!rate.matches()) {
                    throw new TemplateException(
                            event.place() + ": the local gateway runs rate(...) schedules, not " + expression);
                }
                long amount = Long.parseLong(rate.group(1));
                schedules.add(new ScheduleSpec(
                        name,
                        switch (rate.group(2)) {
                            case "second" -> Duration.ofSeconds(amount);
                            case "minute" -> Duration.ofMinutes(amount);
                            case "hour" -> Duration.ofHours(amount);
                            default -> Duration.ofDays(amount);
                        }));
            }
        });
        return schedules;
    }

    private static RestApiSpec restApi(String id, Section own, Section global, List<RestRoute> routes) {
        Section source = own.has("BinaryMediaTypes") ? own : global;
        // SAM writes "/" as "~1" in media types
        List<String> binary = source.texts("BinaryMediaTypes").stream()
                .map(type -> type.replace("~1", "/"))
                .toList();
        var throttles = new ArrayList<ThrottleSpec>();
        for (Section setting : own.sections("MethodSettings")) {
            setting.decimal("ThrottlingRateLimit")
                    .ifPresent(rate -> throttles.add(new ThrottleSpec(
                            setting.required("HttpMethod"),
                            setting.required("ResourcePath")
                                    .replaceFirst("^/~1", "/")
                                    .replace("~1", "/"),
                            rate,
                            setting.integer("ThrottlingBurstLimit", Math.max(1, rate.intValue())))));
        }
        return new RestApiSpec(
                id,
                own.required("StageName"),
                routes,
                binary,
                own.section("Variables").textMap(),
                cors(own.has("Cors") ? own : global),
                throttles);
    }

    private static Optional<CorsSpec> cors(Section api) {
        if (!api.has("Cors")) {
            return Optional.empty();
        }
        if (!(api.raw("Cors").orElseThrow() instanceof Map<?, ?> map)
                || map.containsKey("Ref")
                || map.containsKey("Fn::Sub")) {
            return Optional.of(new CorsSpec(
                    unquoted(api.required("Cors")), Optional.empty(), Optional.empty(), Optional.empty(), false));
        }
        Section cors = api.section("Cors");
        return Optional.of(new CorsSpec(
                unquoted(cors.required("AllowOrigin")),
                cors.text("AllowMethods").map(TemplateReader::unquoted),
                cors.text("AllowHeaders").map(TemplateReader::unquoted),
                cors.text("MaxAge").map(TemplateReader::unquoted),
                cors.text("AllowCredentials").map(Boolean::parseBoolean).orElse(false)));
    }

    private static SocketApiSpec socketApi(String id, Section own, Map<String, FunctionSpec> functions) {
        var routes = new LinkedHashMap<String, SocketApiSpec.Route>();
        own.section("Routes")
                .children()
                .forEach((key, route) -> routes.put(
                        key,
                        new SocketApiSpec.Route(
                                functionOf(route, "FunctionArn", functions),
                                Duration.ofMillis(route.integer("IntegrationTimeout", SOCKET_TIMEOUT_MILLIS)),
                                route.text("RouteResponseSelectionExpression")
                                        .filter("$default"::equals)
                                        .isPresent())));
        Optional<SocketApiSpec.Authorizer> authorizer = Optional.empty();
        if (own.has("Auth")) {
            Section auth = own.section("Auth");
            if (!auth.required("AuthType").equals("CUSTOM")) {
                throw new TemplateException(auth.place() + ": the local gateway knows AuthType CUSTOM alone");
            }
            authorizer = Optional.of(
                    new SocketApiSpec.Authorizer(functionOf(auth, "AuthArn", functions), auth.texts("IdentitySource")));
        }
        Section limits = own.section("DefaultRouteSettings");
        Optional<ThrottleSpec> throttle = limits.decimal("ThrottlingRateLimit")
                .map(rate -> new ThrottleSpec(
                        "*", "/*", rate, limits.integer("ThrottlingBurstLimit", Math.max(1, rate.intValue()))));
        return new SocketApiSpec(
                id,
                own.required("StageName"),
                own.required("RouteSelectionExpression"),
                authorizer,
                routes,
                own.section("StageVariables").textMap(),
                throttle);
    }

    private static String functionOf(Section section, String key, Map<String, FunctionSpec> functions) {
        String arn = section.required(key);
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        if (!functions.containsKey(name)) {
            throw new TemplateException(section.place() + "." + key + " names no function: " + arn);
        }
        return name;
    }

    private static void checkUnique(List<RestRoute> routes) {
        var seen = new HashSet<String>();
        for (RestRoute route : routes) {
            if (!seen.add(route.method() + " " + route.path())) {
                throw new TemplateException("Route " + route.method() + " " + route.path() + " stands twice");
            }
        }
    }

    private static Section only(Section former, Section next, String type) {
        if (former != null) {
            throw new TemplateException("The local gateway serves one " + type + ", the template has two");
        }
        return next;
    }

    private static String unquoted(String value) {
        return value.startsWith("'") && value.endsWith("'") && value.length() > 1
                ? value.substring(1, value.length() - 1)
                : value;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String key) {
        Object value = document.getOrDefault(key, Map.of());
        if (!(value instanceof Map<?, ?>)) {
            throw new TemplateException(source + "." + key + " must be a mapping");
        }
        return (Map<String, Object>) value;
    }
}
