package dev.parley.meetings.function;

import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.InvitationRequest;
import dev.parley.contracts.meetings.InvitationView;
import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingSearchReply;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Envelope;
import dev.parley.meetings.GuestService;
import dev.parley.meetings.Invitation;
import dev.parley.meetings.InvitationService;
import dev.parley.meetings.JoinOutcome;
import dev.parley.meetings.JoinService;
import dev.parley.meetings.Meeting;
import dev.parley.meetings.MeetingSearch;
import dev.parley.meetings.MeetingService;
import dev.parley.meetings.MeetingStatus;
import dev.parley.meetings.ModerationService;
import dev.parley.meetings.Participant;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.List;

/** The REST routes of meetings. */
final class MeetingApi {
    private static final int FOUND = 50;

    private final MeetingService meetings;
    private final MeetingSearch search;
    private final GuestService guests;
    private final JoinService joining;
    private final ModerationService moderation;
    private final InvitationService invitations;
    private final MeetingViews views;

    MeetingApi(
            MeetingService meetings,
            MeetingSearch search,
            GuestService guests,
            JoinService joining,
            ModerationService moderation,
            InvitationService invitations,
            MeetingViews views) {
        this.meetings = meetings;
        this.search = search;
        this.guests = guests;
        this.joining = joining;
        this.moderation = moderation;
        this.invitations = invitations;
        this.views = views;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        String meeting = "/api/v1/meetings/{id}";
        return routes.route("POST /api/v1/meetings", Access.USER, this::create)
                .route("GET /api/v1/meetings", Access.USER, this::list)
                .route("GET /api/v1/search/meetings", Access.USER, this::search)
                .route("GET " + meeting, Access.GUEST, this::read)
                .route("PUT " + meeting, Access.USER, this::update)
                .route("DELETE " + meeting, Access.USER, this::cancel)
                .route("GET " + meeting + "/calendar.ics", Access.USER, this::calendar)
                .route("GET " + meeting + "/invitations", Access.USER, this::invited)
                .route("POST " + meeting + "/invitations", Access.USER, this::invite)
                .route("DELETE " + meeting + "/invitations/{invitation_id}", Access.USER, this::withdraw)
                .route("POST " + meeting + "/start", Access.USER, this::start)
                .route("POST " + meeting + "/guests", Access.OPEN, this::enterAsGuest)
                .route("POST " + meeting + "/join", Access.GUEST, this::join)
                .route("POST " + meeting + "/leave", Access.GUEST, this::leave)
                .route("GET " + meeting + "/participants", Access.GUEST, this::people);
    }

    private HttpResponse create(HttpRequest request) {
        return HttpResponse.created(views.view(meetings.create(request.principal(), request.body(MeetingDraft.class))));
    }

    private HttpResponse list(HttpRequest request) {
        Envelope.Page<Meeting> page = meetings.list(
                request.principal(),
                request.queryParameter("status"),
                request.queryParameter("keyword"),
                request.queryParameter("page"),
                request.queryParameter("page_size"));
        return HttpResponse.ok(new Envelope.Page<>(
                page.list().stream().map(views::view).toList(), page.total(), page.page(), page.pageSize()));
    }

    private HttpResponse search(HttpRequest request) {
        MeetingSearch.Found found = search.find(
                request.principal(),
                request.queryParameter("q").orElse(""),
                Bookmark.of(request.queryParameter("cursor")),
                request.queryInteger("limit", 20, 1, FOUND));
        return HttpResponse.ok(new MeetingSearchReply(
                found.list().stream().map(views::view).toList(),
                found.rest().isPresent(),
                found.rest().map(Bookmark::text).orElse(null)));
    }

    private HttpResponse read(HttpRequest request) {
        Meeting meeting = meetings.read(request.principal(), id(request));
        return HttpResponse.ok(
                meetings.isInvolved(request.principal(), meeting) ? views.view(meeting) : views.card(meeting));
    }

    private HttpResponse update(HttpRequest request) {
        Meeting before = meetings.read(request.principal(), id(request));
        Meeting after = meetings.update(request.principal(), id(request), request.body(MeetingDraft.class));
        invitations.changed(before, after);
        return HttpResponse.ok(views.view(after));
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
        return HttpResponse.created(invitationViews(invitations.invite(request.principal(), id(request), asked)));
    }

    private HttpResponse invited(HttpRequest request) {
        return HttpResponse.ok(invitationViews(invitations.list(request.principal(), id(request))));
    }

    private HttpResponse withdraw(HttpRequest request) {
        invitations.withdraw(request.principal(), id(request), request.pathParameter("invitation_id"));
        return HttpResponse.done();
    }

    private static List<InvitationView> invitationViews(List<Invitation> invitations) {
        return invitations.stream().map(Invitation::view).toList();
    }

    private HttpResponse cancel(HttpRequest request) {
        Meeting before = meetings.read(request.principal(), id(request));
        Meeting cancelled = meetings.cancel(request.principal(), id(request));
        if (before.status() != MeetingStatus.CANCELLED) {
            invitations.cancelled(cancelled);
        }
        return HttpResponse.ok(views.view(cancelled));
    }

    private HttpResponse start(HttpRequest request) {
        return HttpResponse.ok(views.view(meetings.start(request.principal(), id(request))));
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

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }
}
