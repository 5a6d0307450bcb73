package dev.parley.webhooks.function;

import dev.parley.contracts.webhooks.SecretRequest;
import dev.parley.contracts.webhooks.WebhookDraft;
import dev.parley.contracts.webhooks.WebhookView;
import dev.parley.kernel.Envelope;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import dev.parley.webhooks.WebhookDesk;
import java.util.List;
import java.util.function.Supplier;

/** Webhooks over REST, for accounts. */
final class WebhooksApi {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String ONE = WEBHOOKS + "/{id}";
    private static final String DELIVERIES = ONE + "/deliveries";
    private static final String DELIVERY = DELIVERIES + "/{did}";
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Supplier<WebhookDesk> desk;

    WebhooksApi(Supplier<WebhookDesk> desk) {
        this.desk = desk;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        return routes.route("GET " + WEBHOOKS, Access.USER, this::list)
                .route("POST " + WEBHOOKS, Access.USER, this::create)
                .route("GET " + ONE, Access.USER, this::read)
                .route("PUT " + ONE, Access.USER, this::change)
                .route("DELETE " + ONE, Access.USER, this::delete)
                .route("POST " + ONE + "/secret", Access.USER, this::rotate)
                .route("POST " + ONE + "/test", Access.USER, this::test)
                .route("GET " + DELIVERIES, Access.USER, this::deliveries)
                .route("GET " + DELIVERY, Access.USER, this::delivery)
                .route("POST " + DELIVERY + "/replay", Access.USER, this::replay);
    }

    private HttpResponse list(HttpRequest request) {
        List<WebhookView> list = desk.get().list(request.principal());
        return HttpResponse.ok(new Envelope.Page<>(list, list.size(), 1, Math.max(1, list.size())));
    }

    private HttpResponse create(HttpRequest request) {
        return HttpResponse.created(desk.get().create(request.principal(), request.body(WebhookDraft.class)));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(desk.get().read(request.principal(), id(request)));
    }

    private HttpResponse change(HttpRequest request) {
        return HttpResponse.ok(desk.get().change(request.principal(), id(request), request.body(WebhookDraft.class)));
    }

    private HttpResponse delete(HttpRequest request) {
        desk.get().delete(request.principal(), id(request));
        return HttpResponse.done();
    }

    private HttpResponse rotate(HttpRequest request) {
        return HttpResponse.ok(
                desk.get().rotate(request.principal(), id(request), request.optionalBody(SecretRequest.class)));
    }

    private HttpResponse test(HttpRequest request) {
        return HttpResponse.accepted(desk.get().test(request.principal(), id(request)));
    }

    private HttpResponse deliveries(HttpRequest request) {
        return HttpResponse.ok(desk.get()
                .deliveries(
                        request.principal(),
                        id(request),
                        request.queryParameter("before"),
                        request.queryInteger("limit", PAGE, 1, LARGEST_PAGE)));
    }

    private HttpResponse delivery(HttpRequest request) {
        return HttpResponse.ok(desk.get().delivery(request.principal(), id(request), request.pathParameter("did")));
    }

    private HttpResponse replay(HttpRequest request) {
        return HttpResponse.accepted(desk.get().replay(request.principal(), id(request), request.pathParameter("did")));
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }
}
