package dev.parley.checks;

import dev.parley.checks.api.Contract;
import dev.parley.checks.api.Endpoint;
import dev.parley.contracts.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What every route refuses by what the contract says of it: tokens, callers, sizes, and bodies and queries of no sense. */
final class AnybodysRefusals {
    private static final List<String> NO_VALUES = List.of("x", "-1", "", "%00", "x".repeat(600));

    private final Refusals refusals;
    private final People people;
    private final Http http;

    AnybodysRefusals(Refusals refusals, People people) {
        this.refusals = refusals;
        this.people = people;
        this.http = people.http;
    }

    void walk() {
        refusals.atOnce(refusals.routes().stream().map(route -> () -> walk(route)));
    }

    private void walk(Contract.Route route) {
        if (route.refusals().contains("auth.required")) {
            tokens(route);
        }
        if (route.refusals().contains("auth.forbidden")) {
            callers(route);
        }
        tooLarge(route);
        if (!route.body().isMissingNode()) {
            bodies(route);
        }
        if (route.refusals().contains("request.invalid")) {
            queries(route);
        }
    }

    private void refuse(Contract.Route route, String code, String token, String body, String... headers) {
        refusals.refuse(http, code, at(route), token, body, headers);
    }

    private String at(Contract.Route route) {
        return route.method() + " " + people.address(route.path());
    }

    private void tokens(Contract.Route route) {
        String body = people.body(route.name());
        refuse(route, "auth.required", null, body);
        refuse(route, "auth.invalid", "no.token.of.ours", body);
        refuse(route, "auth.expired", people.expired, body);
        refuse(route, "auth.revoked", people.banned, body);
    }

    /** Guests where accounts are asked for, users and moderators where those who look after others are. */
    private void callers(Contract.Route route) {
        if (route.caller() == Endpoint.Caller.ADMIN) {
            refuse(route, "auth.forbidden", people.mia, people.body(route.name()));
        }
        if (route.caller() == Endpoint.Caller.ADMIN || route.caller() == Endpoint.Caller.MODERATOR) {
            refuse(route, "auth.forbidden", people.cleo, people.body(route.name()));
        }
        if (route.name().equals("POST /api/v1/conversations")) {
            refuse(route, "auth.forbidden", people.gus, "{\"kind\":\"group\",\"title\":\"Ours\",\"user_ids\":[]}");
        } else {
            refuse(route, "auth.forbidden", people.gus, people.body(route.name()));
        }
    }

    private void tooLarge(Contract.Route route) {
        int bytes = route.path().endsWith("/upload-avatar") ? 2 * 1024 * 1024 + 1 : 400_000;
        refuse(route, "request.too_large", people.ada, "\"" + "x".repeat(bytes) + "\"");
    }

    private void bodies(Contract.Route route) {
        refuse(route, "request.unreadable", people.ada, "{");
        refuse(route, "request.media_type", people.ada, people.body(route.name()), "Content-Type", "text/plain");
        JsonNode schema = refusals.contract().resolve(route.body());
        List<String> tries = new ArrayList<>();
        schema.path("properties").propertyNames().forEach(name -> {
            tries.add(Wire.write(Map.of(name, Map.of("no", List.of("value")))));
            tries.add(Wire.write(Map.of(name, List.of(Map.of("no", "value")))));
        });
        for (String body : tries) {
            if (refusals.has(route, "request.invalid")) {
                return;
            }
            http.call(route.method(), people.address(route.path()), people.ada, body);
            refusals.learn(http);
        }
    }

    /** Whatever of the address has a form. */
    private void queries(Contract.Route route) {
        List<String> paths = new ArrayList<>();
        for (String value : NO_VALUES) {
            route.query().forEach(name -> paths.add(people.address(route.path()) + "?" + name + "=" + value));
        }
        Map.of("{seq}", "x", "{emoji}", "x".repeat(40), "{conversation_id}", "x")
                .forEach((name, value) -> {
                    if (route.path().contains(name)) {
                        paths.add(people.address(route.path().replace(name, value)));
                    }
                });
        for (String path : paths) {
            if (refusals.has(route, "request.invalid")) {
                return;
            }
            http.call(route.method(), path, people.ana, people.body(route.name()));
            http.call(route.method(), path, people.ada, people.body(route.name()));
            refusals.learn(http);
        }
    }
}
