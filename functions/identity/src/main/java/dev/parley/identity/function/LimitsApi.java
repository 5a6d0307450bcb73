package dev.parley.identity.function;

import dev.parley.contracts.admin.LimitView;
import dev.parley.contracts.admin.LimitsChange;
import dev.parley.identity.IdentityErrors;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Role;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.dynamo.DynamoLimits;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The limits of the system over REST. Administrators alone; a change is in the audit log before it is made, and what became of it. */
final class LimitsApi {
    private final DynamoLimits limits;
    private final AuditLog audit;
    private final Ids ids;
    private final InstantSource clock;

    LimitsApi(DynamoLimits limits, AuditLog audit, Ids ids, InstantSource clock) {
        this.limits = limits;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        Access admins = Access.roles(Role.ADMIN);
        return routes.route("GET /api/v1/admin/limits", admins, request -> HttpResponse.ok(views()))
                .route("PUT /api/v1/admin/limits", admins, this::change);
    }

    private List<LimitView> views() {
        Map<Limit, Integer> changed = limits.changed();
        return Arrays.stream(Limit.values())
                .map(limit -> new LimitView(
                        limit.wire(),
                        changed.getOrDefault(limit, limit.usual()),
                        limit.usual(),
                        limit.least(),
                        limit.most(),
                        limit.period().map(Duration::toSeconds).orElse(null)))
                .toList();
    }

    private HttpResponse change(HttpRequest request) {
        Map<Limit, Optional<Integer>> asked = checked(request.body(LimitsChange.class));
        Map<Limit, Integer> present = limits.changed();
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        asked.forEach((limit, value) -> {
            before.put(limit.wire(), String.valueOf(present.getOrDefault(limit, limit.usual())));
            after.put(limit.wire(), String.valueOf(value.orElse(limit.usual())));
        });
        keep(request, AuditAct.ATTEMPTED, before, after);
        try {
            limits.change(asked);
        } catch (ApiException e) {
            keep(request, "failed: " + e.code(), before, after);
            throw e;
        }
        keep(request, AuditAct.DONE, before, after);
        return HttpResponse.ok(views());
    }

    private static Map<Limit, Optional<Integer>> checked(LimitsChange change) {
        if (change.limits() == null || change.limits().isEmpty()) {
            throw IdentityErrors.LIMITS.exception();
        }
        Map<Limit, Optional<Integer>> asked = new EnumMap<>(Limit.class);
        change.limits().forEach((name, value) -> {
            Limit limit = Limit.find(name)
                    .orElseThrow(() ->
                            IdentityErrors.LIMITS.exception("There is no limit of that name.", Map.of("field", name)));
            if (value != null && !limit.allows(value)) {
                throw IdentityErrors.LIMITS.exception(
                        name + " must be " + limit.least() + " to " + limit.most() + ".", Map.of("field", name));
            }
            asked.put(limit, Optional.ofNullable(value));
        });
        return asked;
    }

    private void keep(HttpRequest request, String outcome, Map<String, String> before, Map<String, String> after) {
        audit.append(new AuditAct(
                ids.opaque("a_"), clock.instant(), request.actor(), "limits.change", "limits", outcome, before, after));
    }
}
