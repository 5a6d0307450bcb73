package dev.parley.meetings.function;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MuteRequest;
import dev.parley.contracts.meetings.RoleRequest;
import dev.parley.meetings.ModerationService;
import dev.parley.meetings.RoleService;
import dev.parley.platform.audit.AuditTrail;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The REST routes by which people act on a live meeting and on others in it. Each act of somebody who may do it is in the audit log: before
 * it begins, and what became of it. Without the first nothing is done.
 */
final class ModerationApi {
    private final ModerationService moderation;
    private final RoleService roles;
    private final MeetingViews views;
    private final AuditTrail trail;

    ModerationApi(ModerationService moderation, RoleService roles, MeetingViews views, AuditTrail trail) {
        this.moderation = moderation;
        this.roles = roles;
        this.views = views;
        this.trail = trail;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        String meeting = "/api/v1/meetings/{id}";
        String person = meeting + "/participants/{uid}";
        return routes.route("POST " + meeting + "/end", Access.USER, this::end)
                .route("POST " + person + "/kick", Access.GUEST, this::kick)
                .route("POST " + person + "/mute", Access.GUEST, this::mute)
                .route("POST " + person + "/unmute-request", Access.GUEST, this::askToUnmute)
                .route("POST " + person + "/admit", Access.GUEST, this::admit)
                .route("POST " + person + "/deny", Access.GUEST, this::deny)
                .route("POST " + person + "/role", Access.GUEST, this::giveRole)
                .route("POST " + meeting + "/lock", Access.GUEST, request -> lock(request, true))
                .route("POST " + meeting + "/unlock", Access.GUEST, request -> lock(request, false))
                .route("POST " + meeting + "/mute-all", Access.GUEST, this::muteAll);
    }

    private HttpResponse end(HttpRequest request) {
        moderation.checkEnd(request.principal(), meeting(request));
        return audited(
                request,
                "end",
                meeting(request),
                Map.of(),
                () -> views.view(moderation.end(request.principal(), meeting(request))));
    }

    private HttpResponse kick(HttpRequest request) {
        return onPerson(
                request,
                Capability.MODERATE,
                "kick",
                Map.of(),
                () -> moderation.kick(request.principal(), meeting(request), who(request)));
    }

    private HttpResponse mute(HttpRequest request) {
        Source source = source(request);
        return onPerson(
                request,
                Capability.MODERATE,
                "mute",
                Map.of("source", source.wire()),
                () -> moderation.mute(request.principal(), meeting(request), who(request), source));
    }

    private HttpResponse askToUnmute(HttpRequest request) {
        Source source = source(request);
        return onPerson(
                request,
                Capability.MODERATE,
                "unmute-request",
                Map.of("source", source.wire()),
                () -> moderation.askToUnmute(request.principal(), meeting(request), who(request), source));
    }

    private HttpResponse muteAll(HttpRequest request) {
        Source source = source(request);
        return onMeeting(
                request,
                Capability.MODERATE,
                "mute-all",
                Map.of("source", source.wire()),
                () -> moderation.muteAll(request.principal(), meeting(request), source));
    }

    private HttpResponse admit(HttpRequest request) {
        return onPerson(
                request,
                Capability.ADMIT,
                "admit",
                Map.of(),
                () -> moderation.admit(request.principal(), meeting(request), who(request)));
    }

    private HttpResponse deny(HttpRequest request) {
        return onPerson(
                request,
                Capability.ADMIT,
                "deny",
                Map.of(),
                () -> moderation.deny(request.principal(), meeting(request), who(request)));
    }

    private HttpResponse giveRole(HttpRequest request) {
        String role =
                RoleService.assignable(request.body(RoleRequest.class).role()).wire();
        return onPerson(
                request,
                Capability.CHANGE_ROLES,
                "role",
                Map.of("role", role),
                () -> roles.assign(request.principal(), meeting(request), who(request), role));
    }

    private HttpResponse lock(HttpRequest request, boolean locked) {
        return onMeeting(
                request,
                Capability.LOCK,
                locked ? "lock" : "unlock",
                Map.of(),
                () -> moderation.lock(request.principal(), meeting(request), locked));
    }

    private HttpResponse onMeeting(
            HttpRequest request, Capability capability, String act, Map<String, String> details, Supplier<?> work) {
        moderation.check(request.principal(), meeting(request), capability);
        return audited(request, act, meeting(request), details, work);
    }

    private HttpResponse onPerson(
            HttpRequest request, Capability capability, String act, Map<String, String> details, Supplier<?> work) {
        String person = moderation.personFor(request.principal(), meeting(request), capability, who(request));
        return audited(request, act, meeting(request) + "/" + person, details, work);
    }

    private HttpResponse audited(
            HttpRequest request, String act, String subject, Map<String, String> details, Supplier<?> work) {
        return HttpResponse.ok(trail.during(request.actor(), "meeting." + act, subject, details, work));
    }

    private static String meeting(HttpRequest request) {
        return request.pathParameter("id");
    }

    private static String who(HttpRequest request) {
        return request.pathParameter("uid");
    }

    private static Source source(HttpRequest request) {
        return request.optionalBody(MuteRequest.class).map(MuteRequest::source).orElse(Source.MICROPHONE);
    }
}
