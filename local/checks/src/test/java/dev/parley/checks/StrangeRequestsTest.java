package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.checks.api.Contract;
import dev.parley.contracts.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Requests that are nearly right and requests that are nonsense, made from the contract, to every route as four people: whatever is
 * answered is in the contract, and nothing is a failure of ours. The seed is fixed; {@code -Dstrange.seed} and {@code -Dstrange.requests}
 * make it another and longer walk.
 */
@Tag("functions")
class StrangeRequestsTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final int REQUESTS = Integer.getInteger("strange.requests", 24);
    private static final long SEED = Long.getLong("strange.seed", 20261122L);

    private static final String ANA = "ana_strange";
    private static final String BO = "bo_strange";
    private static final String ADA = "ada_strange";
    private static final String NOBODY = "nobody";
    private static final String NONSENSE = "nonsense";
    private static final List<String> WHO = List.of(ANA, ANA, ANA, BO, BO, ADA, NOBODY, NONSENSE);

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "x",
            ANA,
            ANA + "@example.org",
            Http.PASSWORD,
            "video",
            "group",
            "direct",
            "viewer",
            "microphone",
            "2026-11-22T10:00:00Z",
            "2026-13-45",
            "FREQ=DAILY;COUNT=3",
            "Europe/Berlin",
            "\u0000",
            "\uD83D\uDC4B\uD83C\uDFFD",
            "\u202Eabc",
            "\u4F60\u597D",
            "' OR 1=1 --",
            "../../etc/passwd",
            "%00",
            "<script>",
            "${jndi:ldap://127.0.0.1/x}",
            "a".repeat(300),
            "\u00E9".repeat(5_000));

    private final Random random = new Random(SEED);
    private final Map<String, String> tokens = new HashMap<>();
    /** Whatever replies named, to ask about again. */
    private final List<String> ids = new ArrayList<>(List.of("none", "u_1", "0", "-1", "9223372036854775807"));

    @Test
    void areAnsweredAsWrittenAndNeverWithAFailure() {
        Contract contract = Contract.of(RunningSystem.ROOT);
        try (RunningSystem system = RunningSystem.start()) {
            Http http = new Http(system.url());
            for (String name : List.of(ANA, BO, ADA)) {
                ids.add(http.register(name));
            }
            system.makeAdmin(ADA);
            for (String name : List.of(ANA, BO, ADA)) {
                tokens.put(name, http.login(name));
            }
            tokens.put(NONSENSE, "nonsense");
            String meeting = http.must("POST", "/api/v1/meetings", tokens.get(ANA), "{\"title\":\"Strange\"}")
                    .data()
                    .path("meeting_id")
                    .asString();
            List<String> failures = new ArrayList<>();
            int sent = 0;
            for (int round = 0; round < REQUESTS; round++) {
                List<Contract.Route> routes = new ArrayList<>(contract.routes());
                Collections.shuffle(routes, random);
                for (Contract.Route route : routes) {
                    ids.add(meeting);
                    String path = pathOf(route);
                    String body = bodyOf(contract, route);
                    String who = WHO.get(random.nextInt(WHO.size()));
                    Http.Reply reply = http.call(route.method(), path, tokens.get(who), body);
                    if (reply.status() == 401 && tokens.get(who) != null && !who.equals(NONSENSE)) {
                        tokens.put(who, newToken(http, who));
                    }
                    sent++;
                    if (reply.status() >= 500) {
                        failures.add(route.method() + " " + path + " with " + body + ": " + reply);
                    }
                    learn(reply);
                }
            }
            System.out.printf("requests %d, failures %d%n", sent, failures.size());
            assertThat(failures).isEmpty();
        }
    }

    /** The old token was taken back; where the account is gone or banned as well, somebody new comes in its place. */
    private String newToken(Http http, String who) {
        Http.Reply reply = http.call(
                "POST",
                "/api/v1/login",
                null,
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(who, Http.PASSWORD));
        if (reply.ok()) {
            return reply.data().path("token").asString();
        }
        String other = "new_" + random.nextInt(1_000_000_000);
        ids.add(http.register(other));
        return http.login(other);
    }

    private String pathOf(Contract.Route route) {
        Matcher parameter = PARAMETER.matcher(route.path());
        StringBuilder path = new StringBuilder();
        while (parameter.find()) {
            String value = random.nextInt(4) == 0 ? word() : ids.get(random.nextInt(ids.size()));
            if (parameter.group(1).equals("seq")) {
                value = String.valueOf(random.nextInt(5) - 1);
            }
            parameter.appendReplacement(path, Matcher.quoteReplacement(encoded(value.isBlank() ? "x" : value)));
        }
        parameter.appendTail(path);
        String separator = "?";
        for (String name : route.query()) {
            if (random.nextBoolean()) {
                String value = random.nextBoolean() ? String.valueOf(random.nextInt(300) - 20) : word();
                path.append(separator).append(name).append('=').append(encoded(value));
                separator = "&";
            }
        }
        return path.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String bodyOf(Contract contract, Contract.Route route) {
        if (route.body().isMissingNode()) {
            return random.nextInt(8) == 0 ? "{}" : null;
        }
        return switch (random.nextInt(16)) {
            case 0 -> null;
            case 1 -> "{";
            case 2 -> "[]";
            case 3 -> "\"" + "x".repeat(random.nextInt(100_000)) + "\"";
            default -> Wire.write(value(contract, route.body(), 0));
        };
    }

    private Object value(Contract contract, JsonNode written, int depth) {
        JsonNode schema = contract.resolve(written);
        if (depth > 5 || random.nextInt(20) == 0) {
            return nonsense();
        }
        if (schema.has("enum")) {
            JsonNode words = schema.path("enum");
            return words.get(random.nextInt(words.size())).asString();
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(contract, schema, depth);
            case "array" -> {
                List<Object> entries = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.add(value(contract, schema.path("items"), depth + 1));
                }
                yield entries;
            }
            case "integer" -> random.nextInt(6) == 0 ? Long.MAX_VALUE : random.nextInt(120) - 10;
            case "boolean" -> random.nextBoolean();
            case "string" -> random.nextInt(3) == 0 ? ids.get(random.nextInt(ids.size())) : word();
            default -> nonsense();
        };
    }

    private Object object(Contract contract, JsonNode schema, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        schema.path("properties").propertyStream().forEach(property -> {
            if (random.nextInt(4) != 0) {
                members.put(property.getKey(), value(contract, property.getValue(), depth + 1));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            members.put(word(), value(contract, schema.path("additionalProperties"), depth + 1));
        }
        return members;
    }

    private Object nonsense() {
        return switch (random.nextInt(6)) {
            case 0 -> Map.of("a", List.of(Map.of("b", 1)));
            case 1 -> List.of(List.of(), "x");
            case 2 -> -1.5;
            case 3 -> Long.MIN_VALUE;
            case 4 -> false;
            default -> word();
        };
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** Keeps the ids that a reply names. */
    private void learn(Http.Reply reply) {
        if (!reply.ok() || !reply.body().startsWith("{") || reply.body().contains("\n")) {
            return;
        }
        learn(reply.data());
        while (ids.size() > 60) {
            ids.remove(5 + random.nextInt(ids.size() - 5));
        }
    }

    private void learn(JsonNode node) {
        node.propertyStream().forEach(property -> {
            if (property.getKey().endsWith("id") && property.getValue().isString()) {
                ids.add(property.getValue().asString());
            }
        });
        node.forEach(this::learn);
    }
}
