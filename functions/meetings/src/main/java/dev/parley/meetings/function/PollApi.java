package dev.parley.meetings.function;

import dev.parley.contracts.meetings.PollRequest;
import dev.parley.contracts.meetings.VoteRequest;
import dev.parley.meetings.PollService;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;

/** The REST routes of polls. */
final class PollApi {
    private final PollService polls;

    PollApi(PollService polls) {
        this.polls = polls;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        String all = "/api/v1/meetings/{id}/polls";
        String poll = all + "/{poll_id}";
        return routes.route("POST " + all, Access.GUEST, this::ask)
                .route("GET " + all, Access.GUEST, this::list)
                .route("GET " + poll, Access.GUEST, this::read)
                .route("POST " + poll + "/vote", Access.GUEST, this::vote)
                .route("POST " + poll + "/close", Access.GUEST, this::close);
    }

    private HttpResponse ask(HttpRequest request) {
        return HttpResponse.created(polls.ask(request.principal(), id(request), request.body(PollRequest.class)));
    }

    private HttpResponse list(HttpRequest request) {
        return HttpResponse.ok(polls.list(request.principal(), id(request)));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(polls.read(request.principal(), id(request), poll(request)));
    }

    private HttpResponse vote(HttpRequest request) {
        return HttpResponse.ok(polls.vote(
                request.principal(),
                id(request),
                poll(request),
                request.body(VoteRequest.class).choices()));
    }

    private HttpResponse close(HttpRequest request) {
        return HttpResponse.ok(polls.close(request.principal(), id(request), poll(request)));
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }

    private static String poll(HttpRequest request) {
        return request.pathParameter("poll_id");
    }
}
