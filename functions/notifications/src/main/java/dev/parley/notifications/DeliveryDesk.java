package dev.parley.notifications;

import dev.parley.contracts.notifications.NotificationDeliveryPage;
import dev.parley.contracts.notifications.NotificationDeliveryView;
import dev.parley.contracts.notifications.NotificationPreferences;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How people want to be told, and how they were. */
public final class DeliveryDesk {
    private static final Rate REPEATS = Rate.of(10, Duration.ofMinutes(10));

    private final PreferenceStore preferences;
    private final Deliveries deliveries;
    private final Dispatch dispatch;
    private final RateLimiter limiter;
    private final InstantSource clock;

    public DeliveryDesk(
            PreferenceStore preferences,
            Deliveries deliveries,
            Dispatch dispatch,
            RateLimiter limiter,
            InstantSource clock) {
        this.preferences = Objects.requireNonNull(preferences);
        this.deliveries = Objects.requireNonNull(deliveries);
        this.dispatch = Objects.requireNonNull(dispatch);
        this.limiter = Objects.requireNonNull(limiter);
        this.clock = Objects.requireNonNull(clock);
    }

    public NotificationPreferences preferences(Principal reader) {
        return preferences
                .preferences(reader.userId())
                .orElseGet(Preferences::usual)
                .view();
    }

    /** Writes the whole of it. @throws dev.parley.kernel.ApiException 400 {@code request.invalid} with the field */
    public NotificationPreferences choose(Principal reader, NotificationPreferences asked) {
        Preferences chosen = Preferences.checked(asked);
        preferences.put(reader.userId(), chosen);
        return chosen.view();
    }

    /** The latest first. */
    public NotificationDeliveryPage deliveries(Principal reader, Optional<String> before, int limit) {
        List<Delivery> page = deliveries.page(reader.userId(), before, limit + 1);
        boolean more = page.size() > limit;
        List<Delivery> shown = more ? page.subList(0, limit) : page;
        return new NotificationDeliveryPage(
                shown.stream().map(Delivery::view).toList(),
                more ? shown.getLast().id() : null);
    }

    /**
     * Tells it again, whatever became of it before.
     *
     * @throws dev.parley.kernel.ApiException 404 {@code notification.no_delivery}, 409 {@code notification.pending}, 429 {@code rate.limited}
     */
    public NotificationDeliveryView replay(Principal reader, String id) {
        limiter.check("notifications#" + reader.userId(), REPEATS);
        Delivery seen = deliveries.find(reader.userId(), id).orElseThrow(NoticeErrors.NO_DELIVERY::exception);
        if (seen.state() == Delivery.State.PENDING) {
            // Perhaps it was kept and not queued: queued twice it is told once.
            dispatch.queue(reader.userId(), seen.channel(), id);
            throw NoticeErrors.PENDING.exception();
        }
        Delivery again = seen.repeated(clock.instant());
        if (!deliveries.save(again)) {
            throw NoticeErrors.PENDING.exception(); // somebody asked for it at the same moment
        }
        dispatch.queue(reader.userId(), again.channel(), id);
        return again.view();
    }
}
