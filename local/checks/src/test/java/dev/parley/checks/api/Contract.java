package dev.parley.checks.api;

import static java.util.stream.Collectors.toCollection;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.contracts.Wire;
import dev.parley.local.gateway.template.RestRoute;
import dev.parley.local.gateway.template.Template;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds real replies against the contract: their status, their error code, and every member of their body. Thread-safe. */
public final class Contract {
    /** Where a refusal's codes are written in its response. */
    private static final String CODES = "/content/application~1json/schema/anyOf/0/allOf/1/properties/error/enum";

    /**
     * One route as it is written.
     *
     * @param path with its parameters in braces
     * @param caller who may ask
     * @param query names of what may stand in its query
     * @param body schema of its JSON body; missing where it has none
     * @param refusals the stable codes of its errors
     */
    public record Route(
            String method,
            String path,
            Endpoint.Caller caller,
            List<String> query,
            JsonNode body,
            Set<String> refusals) {
        public String name() {
            return method + " " + path;
        }
    }

    private record Operation(Pattern path, int fixed, Route route, JsonNode responses) {
        String name() {
            return route.name();
        }
    }

    private final JsonNode document;
    private final List<Operation> operations;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Contract(JsonNode document, List<Operation> operations) {
        this.document = document;
        this.operations = operations;
    }

    /** The contract of the routes of {@code template.yaml}. @param root the repository's folder */
    public static Contract of(Path root) {
        List<RestRoute> routes = Template.read(root.resolve("template.yaml"), Map.of())
                .rest()
                .orElseThrow()
                .routes();
        Endpoints endpoints = new Endpoints();
        Schemas schemas = new Schemas(new RecordDocs(root.resolve("contracts/src/main/java")));
        JsonNode document = Wire.tree(Wire.json().writeValueAsString(new OpenApi(endpoints, schemas).document(routes)));
        List<Operation> operations = routes.stream()
                .map(route -> {
                    String method = route.method().toLowerCase(Locale.ROOT);
                    JsonNode operation =
                            document.path("paths").path(route.path()).path(method);
                    List<String> query = operation
                            .path("parameters")
                            .valueStream()
                            .filter(parameter -> parameter.path("in").asString().equals("query"))
                            .map(parameter -> parameter.path("name").asString())
                            .toList();
                    JsonNode body = operation
                            .path("requestBody")
                            .path("content")
                            .path("application/json")
                            .path("schema");
                    return new Operation(
                            Pattern.compile(route.path().replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+")),
                            route.path().replaceAll("\\{\\w+}", "").length(),
                            new Route(
                                    route.method(),
                                    route.path(),
                                    endpoints.of(route.name()).caller,
                                    query,
                                    body,
                                    codes(operation.path("responses").valueStream())),
                            operation.path("responses"));
                })
                .toList();
        return new Contract(closed(document), operations);
    }

    /** Each error of each route: {@code METHOD /path/{with}/parameters STATUS code}. */
    public Set<String> refusals() {
        Set<String> refusals = new TreeSet<>();
        for (Operation operation : operations) {
            operation
                    .responses()
                    .propertyStream()
                    .forEach(response -> codes(Stream.of(response.getValue()))
                            .forEach(code -> refusals.add(operation.name() + " " + response.getKey() + " " + code)));
        }
        return refusals;
    }

    private static Set<String> codes(Stream<JsonNode> responses) {
        return responses
                .flatMap(response -> response.at(CODES).valueStream())
                .map(JsonNode::asString)
                .collect(toCollection(TreeSet::new));
    }

    public List<Route> routes() {
        return operations.stream().map(Operation::route).toList();
    }

    /** The route that answers a request, {@code METHOD /path/{with}/parameters}; empty when there is none. */
    public Optional<String> routeOf(String method, String path) {
        return operation(method, path).map(Operation::name);
    }

    private Optional<Operation> operation(String method, String path) {
        String address = path.replaceFirst("\\?.*", "");
        return operations.stream()
                .filter(one -> one.route().method().equals(method)
                        && one.path().matcher(address).matches())
                .max(Comparator.comparingInt(Operation::fixed));
    }

    /** The schema that one refers to, or itself. */
    public JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    /**
     * What a reply has that the contract does not say; empty when it is as written.
     *
     * @param path as it was asked for, with or without a query
     */
    public List<String> faults(String method, String path, int status, String body) {
        Optional<Operation> found = operation(method, path);
        if (found.isEmpty()) {
            return List.of();
        }
        Operation operation = found.get();
        String what = operation.name() + " answered " + status;
        JsonNode response = operation.responses().path(Integer.toString(status));
        JsonNode content = response.path("content").path("application/json").path("schema");
        if (response.isMissingNode()) {
            return isGateways(body) ? List.of() : List.of(what + ", which is not in the contract: " + body);
        }
        if (content.isMissingNode() || content.isEmpty() || isGateways(body)) {
            return List.of();
        }
        JsonNode reply = Wire.tree(body);
        if (status >= 400) {
            String code = reply.path("error").asString();
            Set<String> known = codes(Stream.of(response));
            if (!known.contains(code)) {
                return List.of(what + " " + code + ", which is not in the contract");
            }
            return faults(what, ((ObjectNode) Wire.tree("{}")).put("$ref", "#/components/schemas/Failure"), body);
        }
        return faults(what, content, body);
    }

    /** What API Gateway itself answers, before any function: no envelope. */
    private static boolean isGateways(String body) {
        return !body.contains("\"code\"");
    }

    private List<String> faults(String what, JsonNode schema, String body) {
        Schema compiled = schemas.computeIfAbsent(schema.toString(), text -> {
            ObjectNode whole = (ObjectNode) Wire.tree(text);
            whole.set("$defs", document.path("components").path("schemas"));
            return registry.getSchema(whole.toString().replace("#/components/schemas/", "#/$defs/"));
        });
        return compiled.validate(body, InputFormat.JSON).stream()
                .map(error -> what + " with " + error + ": " + body)
                .toList();
    }

    /** The document with every object closed: what a client passes over is a fault here. */
    private static JsonNode closed(JsonNode document) {
        document.path("components").path("schemas").forEach(Contract::close);
        document.path("paths")
                .forEach(path -> path.forEach(operation -> operation
                        .path("responses")
                        .forEach(response -> close(response.path("content")
                                .path("application/json")
                                .path("schema")))));
        return document;
    }

    private static void close(JsonNode schema) {
        if (!(schema instanceof ObjectNode object) || object.has("anyOf")) {
            return;
        }
        if (object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.path("properties").forEach(Contract::close);
        close(schema.path("items"));
    }
}
