package dev.parley.notifications.function;

import dev.parley.contracts.notifications.ReadAllRequest;
import dev.parley.notifications.NoticeDesk;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.function.Supplier;

/** Notifications over REST, for accounts. */
final class NotificationsApi {
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Supplier<NoticeDesk> desk;

    NotificationsApi(Supplier<NoticeDesk> desk) {
        this.desk = desk;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        return routes.route("GET " + NOTIFICATIONS, Access.USER, this::list)
                .route("POST " + NOTIFICATIONS + "/read", Access.USER, this::readAll)
                .route("POST " + NOTIFICATIONS + "/{id}/read", Access.USER, this::read);
    }

    private HttpResponse list(HttpRequest request) {
        return HttpResponse.ok(desk.get()
                .list(
                        request.principal(),
                        request.queryParameter("before"),
                        request.queryInteger("limit", PAGE, 1, LARGEST_PAGE)));
    }

    private HttpResponse readAll(HttpRequest request) {
        return HttpResponse.ok(desk.get().readAll(request.principal(), request.optionalBody(ReadAllRequest.class)));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(desk.get().read(request.principal(), request.pathParameter("id")));
    }
}
