package dev.parley.identity.function;

import dev.parley.contracts.admin.HealthDetail;
import dev.parley.contracts.identity.Health;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Role;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import dev.parley.platform.postgres.Postgres;
import dev.parley.platform.postgres.PostgresException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Whether the API answers, for anybody; and how what it stands on answers, for administrators. */
final class HealthApi {
    private static final String OK = "ok";

    private final Postgres database;
    private final Ephemeral tables;

    HealthApi(Postgres database, Ephemeral tables) {
        this.database = database;
        this.tables = tables;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        return routes.route("GET /api/v1/health", Access.OPEN, HealthApi::plain)
                .route("GET /api/v1/health/detailed", Access.roles(Role.ADMIN), request -> detailed());
    }

    private static HttpResponse plain(HttpRequest request) {
        return HttpResponse.ok(new Health(OK, version()));
    }

    private HttpResponse detailed() {
        List<HealthDetail.Part> parts =
                List.of(part("database", this::askDatabase), part("tables", () -> tables.count("health")));
        boolean well = parts.stream().allMatch(part -> part.status().equals(OK));
        return HttpResponse.ok(new HealthDetail(well ? OK : "degraded", version(), parts));
    }

    private void askDatabase() {
        database.query(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("SELECT 1");
            }
        });
    }

    private static HealthDetail.Part part(String name, Runnable question) {
        long asked = System.nanoTime();
        String error = null;
        try {
            question.run();
        } catch (ApiException e) {
            error = e.code();
        } catch (PostgresException e) {
            error = Errors.INTERNAL.code();
        }
        long millis = (System.nanoTime() - asked) / 1_000_000;
        return new HealthDetail.Part(name, error == null ? OK : "failing", millis, error);
    }

    private static String version() {
        return Optional.ofNullable(HealthApi.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
