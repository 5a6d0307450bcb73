package dev.parley.notifications.function;

import dev.parley.contracts.notifications.NotificationPreferences;
import dev.parley.contracts.notifications.PhoneCode;
import dev.parley.contracts.notifications.PhoneDraft;
import dev.parley.contracts.notifications.ReadAllRequest;
import dev.parley.contracts.notifications.SubscriptionDraft;
import dev.parley.notifications.DeliveryDesk;
import dev.parley.notifications.NoticeDesk;
import dev.parley.notifications.PhoneDesk;
import dev.parley.notifications.SubscriptionDesk;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.function.Supplier;

/** Notifications over REST, for accounts. */
final class NotificationsApi {
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final String PREFERENCES = NOTIFICATIONS + "/preferences";
    private static final String DELIVERIES = NOTIFICATIONS + "/deliveries";
    private static final String SUBSCRIPTIONS = NOTIFICATIONS + "/subscriptions";
    private static final String PHONE = NOTIFICATIONS + "/phone";
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Supplier<NoticeDesk> desk;
    private final Supplier<DeliveryDesk> deliveries;
    private final Supplier<SubscriptionDesk> subscriptions;
    private final Supplier<PhoneDesk> phones;

    NotificationsApi(
            Supplier<NoticeDesk> desk,
            Supplier<DeliveryDesk> deliveries,
            Supplier<SubscriptionDesk> subscriptions,
            Supplier<PhoneDesk> phones) {
        this.desk = desk;
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.phones = phones;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        return routes.route("GET " + NOTIFICATIONS, Access.USER, this::list)
                .route("POST " + NOTIFICATIONS + "/read", Access.USER, this::readAll)
                .route("POST " + NOTIFICATIONS + "/{id}/read", Access.USER, this::read)
                .route("GET " + PREFERENCES, Access.USER, this::preferences)
                .route("PUT " + PREFERENCES, Access.USER, this::choose)
                .route("GET " + DELIVERIES, Access.USER, this::deliveries)
                .route("POST " + DELIVERIES + "/{did}/replay", Access.USER, this::replay)
                .route("GET " + SUBSCRIPTIONS, Access.USER, this::subscriptions)
                .route("POST " + SUBSCRIPTIONS, Access.USER, this::subscribe)
                .route("DELETE " + SUBSCRIPTIONS + "/{id}", Access.USER, this::unsubscribe)
                .route("GET " + PHONE, Access.USER, this::phone)
                .route("POST " + PHONE, Access.USER, this::beginPhone)
                .route("POST " + PHONE + "/confirm", Access.USER, this::confirmPhone)
                .route("DELETE " + PHONE, Access.USER, this::removePhone);
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

    private HttpResponse preferences(HttpRequest request) {
        return HttpResponse.ok(deliveries.get().preferences(request.principal()));
    }

    private HttpResponse choose(HttpRequest request) {
        return HttpResponse.ok(
                deliveries.get().choose(request.principal(), request.body(NotificationPreferences.class)));
    }

    private HttpResponse deliveries(HttpRequest request) {
        return HttpResponse.ok(deliveries
                .get()
                .deliveries(
                        request.principal(),
                        request.queryParameter("before"),
                        request.queryInteger("limit", PAGE, 1, LARGEST_PAGE)));
    }

    private HttpResponse subscriptions(HttpRequest request) {
        return HttpResponse.ok(subscriptions.get().list(request.principal()));
    }

    private HttpResponse subscribe(HttpRequest request) {
        return HttpResponse.created(
                subscriptions.get().subscribe(request.principal(), request.body(SubscriptionDraft.class)));
    }

    private HttpResponse unsubscribe(HttpRequest request) {
        subscriptions.get().unsubscribe(request.principal(), request.pathParameter("id"));
        return HttpResponse.done();
    }

    private HttpResponse phone(HttpRequest request) {
        return HttpResponse.ok(phones.get().read(request.principal()));
    }

    private HttpResponse beginPhone(HttpRequest request) {
        return HttpResponse.accepted(phones.get().begin(request.principal(), request.body(PhoneDraft.class)));
    }

    private HttpResponse confirmPhone(HttpRequest request) {
        return HttpResponse.ok(phones.get().confirm(request.principal(), request.body(PhoneCode.class)));
    }

    private HttpResponse removePhone(HttpRequest request) {
        phones.get().remove(request.principal());
        return HttpResponse.done();
    }

    private HttpResponse replay(HttpRequest request) {
        return HttpResponse.accepted(deliveries.get().replay(request.principal(), request.pathParameter("did")));
    }
}
