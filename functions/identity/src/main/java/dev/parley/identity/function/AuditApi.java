package dev.parley.identity.function;

import dev.parley.contracts.Wire;
import dev.parley.contracts.admin.AuditCheck;
import dev.parley.contracts.admin.AuditEntryView;
import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Role;
import dev.parley.platform.audit.AuditEntry;
import dev.parley.platform.audit.AuditHead;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.AuditQuery;
import dev.parley.platform.audit.AuditVerdict;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The audit log over REST: read, verified, taken away. Administrators alone. */
final class AuditApi {
    private static final int LAST_PAGE = 100_000;
    private static final int LONGEST_FILTER = 100;
    /** What one call looks at: a function has 15 seconds. */
    private static final int VERIFIED_AT_ONCE = 100_000;
    /** What one call takes away: a reply has 6 MB. */
    private static final int EXPORTED_AT_ONCE = 5_000;

    private final AuditLog audit;
    private final Ids ids;
    private final InstantSource clock;

    AuditApi(AuditLog audit, Ids ids, InstantSource clock) {
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        Access admins = Access.roles(Role.ADMIN);
        return routes.route("GET /api/v1/admin/audit", admins, this::list)
                .route("GET /api/v1/admin/audit/verify", admins, this::verify)
                .route("GET /api/v1/admin/audit/export", admins, this::export);
    }

    private HttpResponse list(HttpRequest request) {
        Envelope.Page<AuditEntry> page = audit.page(new AuditQuery(
                filter(request, "actor"),
                filter(request, "subject"),
                filter(request, "act"),
                request.queryInteger("page", 1, 1, LAST_PAGE),
                request.queryInteger("page_size", 20, 1, 100)));
        return HttpResponse.ok(new Envelope.Page<>(
                page.list().stream().map(AuditApi::view).toList(), page.total(), page.page(), page.pageSize()));
    }

    private HttpResponse verify(HttpRequest request) {
        AuditVerdict verdict = audit.verify(request.queryInteger("from", 1, 1, Integer.MAX_VALUE), VERIFIED_AT_ONCE);
        return HttpResponse.ok(new AuditCheck(
                verdict.intact(),
                verdict.from(),
                verdict.until(),
                verdict.complete(),
                verdict.fault()
                        .map(fault ->
                                new AuditCheck.Fault(fault.seq(), fault.kind().wire()))
                        .orElse(null),
                head(verdict.anchored())));
    }

    /** One entry a line and the chain's end as the last line. Taking it away is itself kept, and is the last entry of a full export. */
    private HttpResponse export(HttpRequest request) {
        int after = request.queryInteger("after", 0, 0, Integer.MAX_VALUE);
        int limit = request.queryInteger("limit", EXPORTED_AT_ONCE, 1, EXPORTED_AT_ONCE);
        audit.append(new AuditAct(
                ids.opaque("a_"),
                clock.instant(),
                request.actor(),
                "audit.export",
                "audit",
                AuditAct.DONE,
                Map.of(),
                Map.of("after", Integer.toString(after), "limit", Integer.toString(limit))));
        List<AuditEntry> entries = audit.after(after, limit);
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(Wire.write(view(entry))).append('\n'));
        lines.append(Wire.write(Map.of("head", head(audit.head())))).append('\n');
        return HttpResponse.raw(200, "application/x-ndjson", lines.toString())
                .with("Content-Disposition", "attachment; filename=\"audit-" + (after + 1) + ".ndjson\"");
    }

    private static Optional<String> filter(HttpRequest request, String name) {
        Optional<String> value = request.queryParameter(name).map(String::strip);
        if (value.filter(text ->
                        text.length() > LONGEST_FILTER || text.codePoints().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw Errors.invalid(name, name + " may have 100 characters at most");
        }
        return value;
    }

    private static AuditCheck.Head head(AuditHead head) {
        return new AuditCheck.Head(head.seq(), head.hash());
    }

    private static AuditEntryView view(AuditEntry entry) {
        AuditAct act = entry.act();
        return new AuditEntryView(
                entry.seq(),
                act.id(),
                act.at(),
                act.actor().id(),
                act.actor().role(),
                act.actor().sourceIp(),
                act.actor().requestId(),
                act.act(),
                act.subject(),
                act.outcome(),
                act.before(),
                act.after(),
                entry.previous(),
                entry.hash());
    }
}
