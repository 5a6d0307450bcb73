package dev.parley.meetings.function;

import dev.parley.contracts.meetings.AnnouncementRequest;
import dev.parley.contracts.meetings.BreakoutAssignments;
import dev.parley.contracts.meetings.BreakoutsRequest;
import dev.parley.contracts.meetings.Capability;
import dev.parley.meetings.BreakoutService;
import dev.parley.meetings.ModerationService;
import dev.parley.platform.audit.AuditTrail;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The REST routes of breakout rooms. What hosts do with others is in the audit log, as their other acts are; where people go by themselves is not. */
final class BreakoutApi {
    private final BreakoutService breakouts;
    private final ModerationService moderation;
    private final AuditTrail trail;

    BreakoutApi(BreakoutService breakouts, ModerationService moderation, AuditTrail trail) {
        this.breakouts = breakouts;
        this.moderation = moderation;
        this.trail = trail;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        String all = "/api/v1/meetings/{id}/breakouts";
        String room = all + "/{room_id}";
        return routes.route("GET " + all, Access.GUEST, this::read)
                .route("POST " + all, Access.GUEST, this::open)
                .route("DELETE " + all, Access.GUEST, this::close)
                .route("PUT " + all + "/assignments", Access.GUEST, this::assign)
                .route("POST " + all + "/announcements", Access.GUEST, this::announce)
                .route("POST " + room + "/enter", Access.GUEST, this::enter)
                .route("POST " + room + "/leave", Access.GUEST, this::leave);
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(breakouts.read(request.principal(), meeting(request)));
    }

    private HttpResponse open(HttpRequest request) {
        BreakoutsRequest asked = request.body(BreakoutsRequest.class);
        int rooms = asked.rooms() == null ? 0 : asked.rooms().size();
        return HttpResponse.created(audited(
                request,
                "breakouts-open",
                Map.of("rooms", String.valueOf(rooms)),
                () -> breakouts.open(request.principal(), meeting(request), asked)));
    }

    private HttpResponse close(HttpRequest request) {
        int seconds =
                request.queryInteger("seconds", 0, 0, Math.toIntExact(BreakoutService.LONGEST_COUNTDOWN.toSeconds()));
        return HttpResponse.ok(audited(
                request,
                "breakouts-close",
                Map.of("seconds", String.valueOf(seconds)),
                () -> breakouts.close(request.principal(), meeting(request), Duration.ofSeconds(seconds))));
    }

    private HttpResponse assign(HttpRequest request) {
        BreakoutAssignments asked = request.body(BreakoutAssignments.class);
        int people = asked.assignments() == null ? 0 : asked.assignments().size();
        return HttpResponse.ok(audited(
                request,
                "breakouts-assign",
                Map.of("people", String.valueOf(people)),
                () -> breakouts.assign(request.principal(), meeting(request), asked)));
    }

    private HttpResponse announce(HttpRequest request) {
        String text = request.body(AnnouncementRequest.class).text();
        return HttpResponse.ok(audited(
                request, "announce", Map.of(), () -> breakouts.announce(request.principal(), meeting(request), text)));
    }

    private HttpResponse enter(HttpRequest request) {
        return HttpResponse.ok(breakouts.enter(request.principal(), meeting(request), room(request)));
    }

    private HttpResponse leave(HttpRequest request) {
        return HttpResponse.ok(breakouts.leave(request.principal(), meeting(request), room(request)));
    }

    private <R> R audited(HttpRequest request, String act, Map<String, String> details, Supplier<R> work) {
        moderation.check(request.principal(), meeting(request), Capability.BREAKOUTS);
        return trail.during(request.actor(), "meeting." + act, meeting(request), details, work);
    }

    private static String meeting(HttpRequest request) {
        return request.pathParameter("id");
    }

    private static String room(HttpRequest request) {
        return request.pathParameter("room_id");
    }
}
