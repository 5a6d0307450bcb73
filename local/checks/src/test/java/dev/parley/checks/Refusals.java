package dev.parley.checks;

import dev.parley.checks.api.Contract;
import dev.parley.contracts.Wire;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Asks for what is refused, and keeps what was refused otherwise than it should have been. Thread-safe. */
final class Refusals {
    static final String API = "/api/v1";

    /** A system property: a pattern of the routes that are asked, {@code METHOD /path}, for a look at some. */
    private static final String ROUTES = "errors.routes";

    private static final int AT_ONCE = 24;
    /** Of requests that mostly wait. */
    private static final int WAITING_AT_ONCE = 64;

    private final Optional<Pattern> asked =
            Optional.ofNullable(System.getProperty(ROUTES)).map(Pattern::compile);

    private final Contract contract = Contract.of(RunningSystem.ROOT);
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());

    Contract contract() {
        return contract;
    }

    /** Whether only some routes are asked. */
    boolean partial() {
        return asked.isPresent();
    }

    /** The routes that are asked. */
    List<Contract.Route> routes() {
        return contract.routes().stream().filter(route -> asks(route.name())).toList();
    }

    /** Each error of the routes that are asked, as {@link Contract#refusals} names them. */
    Set<String> documented() {
        return contract.refusals().stream()
                .filter(one -> asks(one.replaceFirst(" [0-9]{3} [^ ]+$", "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param route {@code METHOD /path/{with}/parameters} */
    private boolean asks(String route) {
        return asked.isEmpty() || asked.get().matcher(route).find();
    }

    /** @param request {@code METHOD /path}, as it is asked */
    boolean asksFor(String request) {
        String[] parts = request.split(" ", 2);
        return contract.routeOf(parts[0], path(parts[1])).map(this::asks).orElse(!partial());
    }

    private static String path(String path) {
        return path.startsWith("/.") || path.startsWith(API) ? path : API + path;
    }

    /** The errors that were met so far, as {@link Contract#refusals} names them. */
    Set<String> met() {
        return met;
    }

    /** What was not refused as it should have been. */
    List<String> surprises() {
        return surprises;
    }

    /** Forgets nothing that a client met. */
    void learn(Http http) {
        met.addAll(http.refusals());
    }

    boolean has(Contract.Route route, String code) {
        return met.stream().anyMatch(one -> one.startsWith(route.name() + " ") && one.endsWith(" " + code));
    }

    /** Asks, as it is written: {@code METHOD /path}, without {@code /api/v1}. */
    void refuse(Http http, String code, String request, String token, String body, String... headers) {
        String[] parts = request.split(" ", 2);
        String path = path(parts[1]);
        try {
            Http.Reply reply = headers.length == 0
                    ? http.call(parts[0], path, token, body)
                    : http.call(parts[0], path, token, body, headers);
            expect(code, request + " with " + cut(body), reply);
        } catch (AssertionError undocumented) {
            surprises.add(undocumented.getMessage());
        }
        learn(http);
    }

    /** @param request what was asked, for people */
    void expect(String code, String request, Http.Reply reply) {
        if (!reply.error().equals(code)) {
            surprises.add("%s: %s in place of %s".formatted(request, cut(reply.toString()), code));
        }
    }

    private static String cut(String text) {
        return text == null || text.length() <= 300 ? text : text.substring(0, 300) + " ...";
    }

    /** {@code {"a": …, "b": …}} of names and values by turns. */
    static String json(Object... members) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            all.put((String) members[i], members[i + 1]);
        }
        return Wire.write(all);
    }

    /** {@code data} of a request that is served. */
    static JsonNode ok(Http http, String request, String token, String body) {
        String[] parts = request.split(" ", 2);
        Http.Reply reply = http.must(parts[0], API + parts[1], token, body);
        return reply.body().startsWith("{\"code\"") ? reply.data() : Wire.tree("null");
    }

    /** Says how long it took. */
    static void timed(String what, Runnable work) {
        long from = System.nanoTime();
        try {
            work.run();
        } finally {
            System.out.printf("refused %s: %.1f s%n", what, (System.nanoTime() - from) / 1e9);
        }
    }

    /** Does all of it, some at once. What one of them throws is a surprise like another. */
    void atOnce(Stream<Runnable> work) {
        atOnce(AT_ONCE, work);
    }

    /** As {@link #atOnce(Stream)}, where each waits for a store that does not answer. */
    void waiting(Stream<Runnable> work) {
        atOnce(WAITING_AT_ONCE, work);
    }

    private void atOnce(int many, Stream<Runnable> work) {
        try (ExecutorService workers = Executors.newFixedThreadPool(many)) {
            List<Future<?>> begun = new ArrayList<>();
            work.forEach(one -> begun.add(workers.submit(one)));
            for (Future<?> one : begun) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    surprises.add(String.valueOf(e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
