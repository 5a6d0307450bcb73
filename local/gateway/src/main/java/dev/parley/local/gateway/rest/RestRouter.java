package dev.parley.local.gateway.rest;

import dev.parley.local.gateway.template.RestRoute;
import dev.parley.local.gateway.template.TemplateException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the route of a request as API Gateway does: a literal part before a parameter, a parameter before a greedy one. */
public final class RestRouter {
    /**
     * A route with the values of its path parameters.
     *
     * @param route what matched
     * @param pathParameters by name, decoded
     */
    public record Match(RestRoute route, Map<String, String> pathParameters) {}

    private static final class Branch {
        private final Map<String, Branch> literals = new HashMap<>();
        private String parameter;
        private Branch parameterBranch;
        private String greedy;
        private Branch greedyBranch;
        private final Map<String, RestRoute> methods = new LinkedHashMap<>();
    }

    private final Branch root = new Branch();
    private final Set<String> firstParts = new TreeSet<>();

    /** @throws TemplateException when two routes name the parameter of one place differently */
    public RestRouter(List<RestRoute> routes) {
        for (RestRoute route : routes) {
            String[] parts = parts(route.path());
            Branch branch = root;
            for (String part : parts) {
                branch = child(branch, part, route);
            }
            branch.methods.put(route.method(), route);
            firstParts.add(parts[0]);
        }
    }

    /** The route of a request; empty when there is none for this path or this method. */
    public Optional<Match> match(String method, String path) {
        return find(path).flatMap(found -> {
            RestRoute route = found.branch.methods.getOrDefault(method, found.branch.methods.get("ANY"));
            return Optional.ofNullable(route).map(it -> new Match(it, found.parameters));
        });
    }

    /** The methods of a path; empty when the path has no route. */
    public Set<String> methods(String path) {
        return find(path).map(found -> found.branch.methods.keySet()).orElse(Set.of());
    }

    /** Whether a path lies under the API rather than beside it: its first part begins some route. */
    public boolean owns(String path) {
        return firstParts.contains(parts(path)[0]);
    }

    private record Found(Branch branch, Map<String, String> parameters) {}

    private Optional<Found> find(String path) {
        var parameters = new LinkedHashMap<String, String>();
        return Optional.ofNullable(find(root, parts(path), 0, parameters)).map(branch -> new Found(branch, parameters));
    }

    private static Branch find(Branch branch, String[] parts, int at, Map<String, String> parameters) {
        if (at == parts.length) {
            return branch.methods.isEmpty() ? null : branch;
        }
        String part = decoded(parts[at]);
        Branch literal = branch.literals.get(part);
        if (literal != null) {
            Branch found = find(literal, parts, at + 1, parameters);
            if (found != null) {
                return found;
            }
        }
        if (branch.parameterBranch != null && !part.isEmpty()) {
            parameters.put(branch.parameter, part);
            Branch found = find(branch.parameterBranch, parts, at + 1, parameters);
            if (found != null) {
                return found;
            }
            parameters.remove(branch.parameter);
        }
        if (branch.greedyBranch != null) {
            String rest = String.join("/", List.of(parts).subList(at, parts.length));
            parameters.put(branch.greedy, decoded(rest));
            return branch.greedyBranch;
        }
        return null;
    }

    private static Branch child(Branch branch, String part, RestRoute route) {
        if (part.startsWith("{") && part.endsWith("+}")) {
            branch.greedy = same(branch.greedy, part.substring(1, part.length() - 2), route);
            branch.greedyBranch = branch.greedyBranch == null ? new Branch() : branch.greedyBranch;
            return branch.greedyBranch;
        }
        if (part.startsWith("{") && part.endsWith("}")) {
            branch.parameter = same(branch.parameter, part.substring(1, part.length() - 1), route);
            branch.parameterBranch = branch.parameterBranch == null ? new Branch() : branch.parameterBranch;
            return branch.parameterBranch;
        }
        return branch.literals.computeIfAbsent(part, unused -> new Branch());
    }

    private static String same(String former, String name, RestRoute route) {
        if (former != null && !former.equals(name)) {
            throw new TemplateException("Route " + route.path() + " names a parameter " + name
                    + " that another route names " + former + "; API Gateway allows one name in one place");
        }
        return name;
    }

    private static String[] parts(String path) {
        return path.substring(path.startsWith("/") ? 1 : 0).split("/", -1);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
