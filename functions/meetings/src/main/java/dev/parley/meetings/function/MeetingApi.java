package dev.parley.meetings.function;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.InvitationRequest;
import dev.parley.contracts.meetings.InvitationView;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingView;
import dev.parley.contracts.meetings.MuteRequest;
import dev.parley.contracts.meetings.RecurrenceView;
import dev.parley.contracts.meetings.RoleRequest;
import dev.parley.kernel.Envelope;
import dev.parley.meetings.GuestService;
import dev.parley.meetings.Invitation;
import dev.parley.meetings.InvitationService;
import dev.parley.meetings.JoinOutcome;
import dev.parley.meetings.JoinService;
import dev.parley.meetings.Meeting;
import dev.parley.meetings.MeetingService;
import dev.parley.meetings.MeetingStatus;
import dev.parley.meetings.ModerationService;
import dev.parley.meetings.Participant;
import dev.parley.meetings.RoleService;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.time.InstantSource;
import java.util.List;

/** The REST routes of meetings. */
final class MeetingApi {
    private final MeetingService meetings;
    private final GuestService guests;
    private final JoinService joining;
    private final ModerationService moderation;
    private final RoleService roles;
    private final InvitationService invitations;
    private final InstantSource clock;
    private final String publicUrl;

    /** @param publicUrl where browsers open the web app, for links */
    MeetingApi(
            MeetingService meetings,
            GuestService guests,
            JoinService joining,
            ModerationService moderation,
            RoleService roles,
            InvitationService invitations,
            InstantSource clock,
            String publicUrl) {
        this.meetings = meetings;
        this.guests = guests;
        this.joining = joining;
        this.moderation = moderation;
        this.roles = roles;
        this.invitations = invitations;
        this.clock = clock;
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        String meeting = "/api/v1/meetings/{id}";
        String person = meeting + "/participants/{uid}";
        return routes.route("POST /api/v1/meetings", Access.USER, this::create)
                .route("GET /api/v1/meetings", Access.USER, this::list)
                .route("GET " + meeting, Access.GUEST, this::read)
                .route("PUT " + meeting, Access.USER, this::update)
                .route("DELETE " + meeting, Access.USER, this::cancel)
                .route("GET " + meeting + "/calendar.ics", Access.USER, this::calendar)
                .route("GET " + meeting + "/invitations", Access.USER, this::invited)
                .route("POST " + meeting + "/invitations", Access.USER, this::invite)
                .route("DELETE " + meeting + "/invitations/{invitation_id}", Access.USER, this::withdraw)
                .route("POST " + meeting + "/start", Access.USER, this::start)
                .route("POST " + meeting + "/end", Access.USER, this::end)
                .route("POST " + meeting + "/guests", Access.OPEN, this::enterAsGuest)
                .route("POST " + meeting + "/join", Access.GUEST, this::join)
                .route("POST " + meeting + "/leave", Access.GUEST, this::leave)
                .route("GET " + meeting + "/participants", Access.GUEST, this::people)
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

    private HttpResponse create(HttpRequest request) {
        return HttpResponse.created(view(meetings.create(request.principal(), request.body(MeetingDraft.class))));
    }

    private HttpResponse list(HttpRequest request) {
        Envelope.Page<Meeting> page = meetings.list(
                request.principal(),
                request.queryParameter("status"),
                request.queryParameter("keyword"),
                request.queryParameter("page"),
                request.queryParameter("page_size"));
        return HttpResponse.ok(new Envelope.Page<>(
                page.list().stream().map(this::view).toList(), page.total(), page.page(), page.pageSize()));
    }

    private HttpResponse read(HttpRequest request) {
        Meeting meeting = meetings.read(request.principal(), id(request));
        return HttpResponse.ok(meetings.isInvolved(request.principal(), meeting) ? view(meeting) : card(meeting));
    }

    private HttpResponse update(HttpRequest request) {
        Meeting before = meetings.read(request.principal(), id(request));
        Meeting after = meetings.update(request.principal(), id(request), request.body(MeetingDraft.class));
        invitations.changed(before, after);
        return HttpResponse.ok(view(after));
    }

    private HttpResponse calendar(HttpRequest request) {
        Meeting meeting = meetings.read(request.principal(), id(request));
        boolean all = meetings.isInvolved(request.principal(), meeting);
        return HttpResponse.raw(
                        200, "text/calendar; charset=utf-8", invitations.calendar(all ? meeting : meeting.asCard()))
                .with("Content-Disposition", "attachment; filename=\"" + meeting.id() + ".ics\"");
    }

    private HttpResponse invite(HttpRequest request) {
        InvitationRequest asked = request.body(InvitationRequest.class);
        return HttpResponse.created(views(invitations.invite(request.principal(), id(request), asked)));
    }

    private HttpResponse invited(HttpRequest request) {
        return HttpResponse.ok(views(invitations.list(request.principal(), id(request))));
    }

    private HttpResponse withdraw(HttpRequest request) {
        invitations.withdraw(request.principal(), id(request), request.pathParameter("invitation_id"));
        return HttpResponse.done();
    }

    private static List<InvitationView> views(List<Invitation> invitations) {
        return invitations.stream().map(Invitation::view).toList();
    }

    private HttpResponse cancel(HttpRequest request) {
        Meeting before = meetings.read(request.principal(), id(request));
        Meeting cancelled = meetings.cancel(request.principal(), id(request));
        if (before.status() != MeetingStatus.CANCELLED) {
            invitations.cancelled(cancelled);
        }
        return HttpResponse.ok(view(cancelled));
    }

    private HttpResponse start(HttpRequest request) {
        return HttpResponse.ok(view(meetings.start(request.principal(), id(request))));
    }

    private HttpResponse end(HttpRequest request) {
        return HttpResponse.ok(view(moderation.end(request.principal(), id(request))));
    }

    private HttpResponse enterAsGuest(HttpRequest request) {
        return HttpResponse.created(guests.enter(id(request), request.body(GuestRequest.class), request.sourceIp()));
    }

    private HttpResponse join(HttpRequest request) {
        JoinRequest asked = request.optionalBody(JoinRequest.class).orElse(new JoinRequest(null, null));
        JoinOutcome outcome = joining.join(request.principal(), id(request), asked, request.header("origin"));
        return switch (outcome) {
            case JoinOutcome.Joined joined -> HttpResponse.ok(joined.reply());
            case JoinOutcome.Held held -> HttpResponse.accepted(held.waiting());
        };
    }

    private HttpResponse leave(HttpRequest request) {
        joining.leave(request.principal(), id(request));
        return HttpResponse.done();
    }

    private HttpResponse people(HttpRequest request) {
        return HttpResponse.ok(moderation.people(request.principal(), id(request)).stream()
                .map(Participant::view)
                .toList());
    }

    private HttpResponse kick(HttpRequest request) {
        return HttpResponse.ok(moderation.kick(request.principal(), id(request), who(request)));
    }

    private HttpResponse mute(HttpRequest request) {
        return HttpResponse.ok(moderation.mute(request.principal(), id(request), who(request), source(request)));
    }

    private HttpResponse askToUnmute(HttpRequest request) {
        return HttpResponse.ok(moderation.askToUnmute(request.principal(), id(request), who(request), source(request)));
    }

    private HttpResponse muteAll(HttpRequest request) {
        return HttpResponse.ok(moderation.muteAll(request.principal(), id(request), source(request)));
    }

    private HttpResponse admit(HttpRequest request) {
        return HttpResponse.ok(moderation.admit(request.principal(), id(request), who(request)));
    }

    private HttpResponse deny(HttpRequest request) {
        return HttpResponse.ok(moderation.deny(request.principal(), id(request), who(request)));
    }

    private HttpResponse giveRole(HttpRequest request) {
        String role = request.body(RoleRequest.class).role();
        return HttpResponse.ok(roles.assign(request.principal(), id(request), who(request), role));
    }

    private HttpResponse lock(HttpRequest request, boolean locked) {
        return HttpResponse.ok(moderation.lock(request.principal(), id(request), locked));
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }

    private static String who(HttpRequest request) {
        return request.pathParameter("uid");
    }

    private static Source source(HttpRequest request) {
        return request.optionalBody(MuteRequest.class).map(MuteRequest::source).orElse(Source.MICROPHONE);
    }

    private MeetingView view(Meeting stored) {
        Meeting meeting = stored.upToDate(clock.instant());
        return new MeetingView(
                meeting.id(),
                meeting.title(),
                meeting.description(),
                meeting.hostId(),
                meeting.hostName(),
                meeting.status().wire(),
                meeting.type().wire(),
                meeting.maxParticipants(),
                meeting.passwordHash().isPresent(),
                meeting.settings(),
                meeting.startTime().orElse(null),
                meeting.endTime().orElse(null),
                meeting.startedAt().orElse(null),
                meeting.endedAt().orElse(null),
                meeting.createdAt(),
                meeting.updatedAt(),
                link(meeting),
                recurrence(meeting));
    }

    /** What anybody with the code may know before joining. */
    private MeetingView card(Meeting stored) {
        Meeting meeting = stored.upToDate(clock.instant());
        return new MeetingView(
                meeting.id(),
                meeting.title(),
                null,
                null,
                meeting.hostName(),
                meeting.status().wire(),
                meeting.type().wire(),
                null,
                meeting.passwordHash().isPresent(),
                null,
                meeting.startTime().orElse(null),
                meeting.endTime().orElse(null),
                null,
                null,
                null,
                null,
                link(meeting),
                recurrence(meeting));
    }

    private RecurrenceView recurrence(Meeting meeting) {
        return meeting.series().map(series -> series.view(clock.instant())).orElse(null);
    }

    private String link(Meeting meeting) {
        return publicUrl + "/m/" + meeting.id();
    }
}
