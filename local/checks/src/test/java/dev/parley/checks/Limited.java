package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** What is refused because a limit of the installation is as low as it goes. */
final class Limited {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Limited() {}

    /** Lowers a limit to 1, asks until it is in force, which takes two seconds, and puts it back. @param body of each try */
    static void refuse(
            Refusals refusals,
            People people,
            String limit,
            String code,
            String request,
            String token,
            Supplier<String> body) {
        if (!refusals.asksFor(request)) {
            return;
        }
        Http http = people.http;
        ok(http, "PUT /admin/limits", people.ada, json("limits", Map.of(limit, 1)));
        String[] parts = request.split(" ");
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> http.call(parts[0], Refusals.API + parts[1], token, body.get())
                            .error()
                            .equals(code));
        } finally {
            ok(http, "PUT /admin/limits", people.ada, "{\"limits\":{\"" + limit + "\":null}}");
        }
        refusals.learn(http);
    }
}
