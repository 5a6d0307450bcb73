package dev.parley.notifications;

import dev.parley.contracts.notifications.SubscriptionDraft;
import dev.parley.contracts.notifications.SubscriptionList;
import dev.parley.contracts.notifications.SubscriptionView;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The browsers that somebody wants to be told in. */
public final class SubscriptionDesk {
    /** Browsers come and go: beyond these the one that came first gives way. */
    static final int MOST = 10;

    private static final int LONGEST = 1000;
    private static final Rate RATE = Rate.of(20, Duration.ofMinutes(10));

    private final Subscriptions subscriptions;
    private final PushServices services;
    private final Supplier<Key> key;
    private final RateLimiter limiter;
    private final InstantSource clock;

    /** The key of ours that browsers subscribe with. @param point base64url */
    public record Key(String id, String point) {}

    public SubscriptionDesk(
            Subscriptions subscriptions,
            PushServices services,
            Supplier<Key> key,
            RateLimiter limiter,
            InstantSource clock) {
        this.subscriptions = Objects.requireNonNull(subscriptions);
        this.services = Objects.requireNonNull(services);
        this.key = Objects.requireNonNull(key);
        this.limiter = Objects.requireNonNull(limiter);
        this.clock = Objects.requireNonNull(clock);
    }

    public SubscriptionList list(Principal reader) {
        return new SubscriptionList(
                key.get().point(),
                subscriptions.of(reader.userId()).stream()
                        .map(Subscription::view)
                        .toList());
    }

    /**
     * Adds the browser that asks.
     *
     * @throws dev.parley.kernel.ApiException 400 {@code request.invalid} with the field, 422 {@code notification.push_service}, 429
     *     {@code rate.limited}
     */
    public SubscriptionView subscribe(Principal reader, SubscriptionDraft asked) {
        limiter.check("subscriptions#" + reader.userId(), RATE);
        String endpoint = endpoint(asked.endpoint());
        if (asked.keys() == null) {
            throw Errors.invalid("keys", "A subscription has keys, p256dh and auth.");
        }
        bytes("keys.p256dh", asked.keys().p256dh(), 65);
        bytes("keys.auth", asked.keys().auth(), 16);
        if (!services.know(endpoint)) {
            throw NoticeErrors.PUSH_SERVICE.exception();
        }
        String used = asked.publicKey() == null ? key.get().point() : asked.publicKey();
        if (!used.equals(key.get().point())) {
            throw Errors.invalid("public_key", "The browser subscribed with another key than the present one.");
        }
        var subscription = new Subscription(
                reader.userId(),
                Subscription.idOf(endpoint),
                endpoint,
                key.get().id(),
                asked.keys().p256dh(),
                asked.keys().auth(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        subscriptions.put(subscription);
        List<Subscription> all = subscriptions.of(reader.userId());
        all.stream().skip(MOST).forEach(old -> subscriptions.remove(reader.userId(), old.id()));
        return subscription.view();
    }

    /** @throws dev.parley.kernel.ApiException 404 {@code notification.no_subscription} */
    public void unsubscribe(Principal reader, String id) {
        if (!subscriptions.remove(reader.userId(), id)) {
            throw NoticeErrors.NO_SUBSCRIPTION.exception();
        }
    }

    private static String endpoint(String text) {
        try {
            URI address = new URI(text == null ? "" : text);
            if (text != null
                    && text.length() <= LONGEST
                    && text.chars().allMatch(letter -> letter > ' ' && letter <= '~')
                    && "https".equalsIgnoreCase(address.getScheme())
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw Errors.invalid("endpoint", "The endpoint cannot be read.");
        }
        throw Errors.invalid("endpoint", "The endpoint is an https address of at most " + LONGEST + " characters.");
    }

    private static void bytes(String field, String text, int length) {
        try {
            if (text != null
                    && Base64.getUrlDecoder().decode(text).length == length
                    && (length != 65 || Base64.getUrlDecoder().decode(text)[0] == 4)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw Errors.invalid(field, field + " must be base64url.");
        }
        throw Errors.invalid(field, field + " must be " + length + " bytes in base64url.");
    }
}
