package dev.parley.webhooks;

import dev.parley.contracts.webhooks.DeliveryPage;
import dev.parley.contracts.webhooks.SecretReply;
import dev.parley.contracts.webhooks.SecretRequest;
import dev.parley.contracts.webhooks.WebhookDeliveryView;
import dev.parley.contracts.webhooks.WebhookDraft;
import dev.parley.contracts.webhooks.WebhookView;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Role;
import dev.parley.webhooks.Webhook.Disabled;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What owners do with their webhooks. Another's is as if it were not there. */
public final class WebhookDesk {
    private static final int MOST = 10;
    private static final int LONGEST_DESCRIPTION = 200;
    /** Calls that an owner has made to a server at once: looked-up names, tests, repeats. */
    private static final Rate CALLS = Rate.of(60, Duration.ofMinutes(1));

    private static final Duration PREVIOUS_SECRET = Duration.ofHours(24);

    private final Webhooks webhooks;
    private final Announcer announcer;
    private final Dispatch dispatch;
    private final Endpoint endpoint;
    private final RateLimiter limiter;
    private final Ids ids;
    private final SecureRandom random;
    private final InstantSource clock;

    public WebhookDesk(
            Webhooks webhooks,
            Dispatch dispatch,
            Endpoint endpoint,
            RateLimiter limiter,
            Ids ids,
            SecureRandom random,
            InstantSource clock) {
        this.webhooks = Objects.requireNonNull(webhooks);
        this.announcer = new Announcer(webhooks, dispatch);
        this.dispatch = Objects.requireNonNull(dispatch);
        this.endpoint = Objects.requireNonNull(endpoint);
        this.limiter = Objects.requireNonNull(limiter);
        this.ids = Objects.requireNonNull(ids);
        this.random = Objects.requireNonNull(random);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Makes one. The reply is the only one that shows its secret. */
    public WebhookView create(Principal owner, WebhookDraft draft) {
        boolean everyMeeting = Boolean.TRUE.equals(draft.everyMeeting());
        if (everyMeeting && owner.role() != Role.ADMIN) {
            throw Errors.FORBIDDEN.exception("Only an administrator's webhook may hear of every meeting.");
        }
        Set<String> events = EventTypes.checked(draft.events());
        limit(owner);
        endpoint.check(draft.url());
        Secret secret = draft.secret() == null ? Secret.random(random) : Secret.checked(draft.secret());
        if (webhooks.ofOwner(owner.userId()).size() >= MOST) {
            throw WebhookErrors.TOO_MANY.exception();
        }
        Instant now = now();
        var hook = new Webhook(
                ids.opaque("wh_"),
                owner.userId(),
                draft.url(),
                events,
                description(draft.description()),
                everyMeeting,
                secret,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                1);
        webhooks.create(hook);
        return hook.view(true);
    }

    public List<WebhookView> list(Principal owner) {
        return webhooks.ofOwner(owner.userId()).stream()
                .map(hook -> hook.view(false))
                .toList();
    }

    public WebhookView read(Principal owner, String id) {
        return own(owner, id).view(false);
    }

    /** Changes what the draft names. */
    public WebhookView change(Principal owner, String id, WebhookDraft draft) {
        Webhook hook = own(owner, id);
        if (draft.secret() != null) {
            throw Errors.invalid(
                    "secret", "A secret is replaced by POST .../secret, so that the old one stays good for a day.");
        }
        if (draft.everyMeeting() != null && draft.everyMeeting() != hook.everyMeeting()) {
            throw Errors.invalid(
                    "every_meeting", "Whose meetings a webhook hears of stays as it is: make another one.");
        }
        if (draft.url() != null) {
            limit(owner);
            endpoint.check(draft.url());
        }
        if (hook.everyMeeting() && "active".equals(draft.status()) && owner.role() != Role.ADMIN) {
            throw Errors.FORBIDDEN.exception("Only an administrator's webhook may hear of every meeting.");
        }
        Webhook after = hook.changed(
                draft.url() == null ? hook.url() : draft.url(),
                draft.events() == null ? hook.events() : EventTypes.checked(draft.events()),
                draft.description() == null ? hook.description() : description(draft.description()),
                status(draft.status(), hook),
                now());
        save(after);
        return after.view(false);
    }

    private static Optional<Disabled> status(String wanted, Webhook hook) {
        return switch (wanted) {
            case null -> hook.disabled();
            case "active" -> Optional.empty();
            case "disabled" -> Optional.of(hook.disabled().orElse(Disabled.OWNER));
            default -> throw Errors.invalid("status", "A webhook is active or disabled.");
        };
    }

    public void delete(Principal owner, String id) {
        webhooks.delete(own(owner, id));
    }

    /** Replaces the secret; for a day everything is signed with both. */
    public SecretReply rotate(Principal owner, String id, Optional<SecretRequest> request) {
        Webhook hook = own(owner, id);
        Secret next = request.map(SecretRequest::secret).map(Secret::checked).orElseGet(() -> Secret.random(random));
        Instant until = now().plus(PREVIOUS_SECRET);
        save(hook.rotated(next, until, now()));
        return new SecretReply(next.text(), until);
    }

    /** Tells the webhook something, to see that it arrives. */
    public WebhookDeliveryView test(Principal owner, String id) {
        Webhook hook = own(owner, id);
        if (!hook.active()) {
            throw WebhookErrors.DISABLED.exception();
        }
        limit(owner);
        Instant now = now();
        String eventId = ids.opaque("e_");
        Delivery delivery = Delivery.of(
                hook,
                eventId,
                EventTypes.TEST,
                "",
                now,
                Announcer.payload(eventId, EventTypes.TEST, now, Map.of("webhook_id", hook.id())));
        announcer.announce(delivery);
        return delivery.view(true);
    }

    /** The latest first. */
    public DeliveryPage deliveries(Principal owner, String id, Optional<String> before, int limit) {
        Webhook hook = own(owner, id);
        List<Delivery> page = webhooks.deliveries(hook.id(), before, limit + 1);
        boolean more = page.size() > limit;
        List<Delivery> shown = more ? page.subList(0, limit) : page;
        return new DeliveryPage(
                shown.stream().map(delivery -> delivery.view(false)).toList(),
                more ? shown.getLast().id() : null);
    }

    public WebhookDeliveryView delivery(Principal owner, String id, String deliveryId) {
        return found(own(owner, id), deliveryId).view(true);
    }

    /** Tells something again, whatever became of it before. It is told behind what waits of its meeting. */
    public WebhookDeliveryView replay(Principal owner, String id, String deliveryId) {
        Webhook hook = own(owner, id);
        if (!hook.active()) {
            throw WebhookErrors.DISABLED.exception();
        }
        limit(owner);
        Delivery seen = found(hook, deliveryId);
        if (seen.state() == Delivery.State.PENDING) {
            // Perhaps it was kept and not queued: queued twice it is told once.
            dispatch.queue(seen);
            throw WebhookErrors.PENDING.exception();
        }
        Delivery again = seen.repeated(now());
        if (!webhooks.save(again)) {
            throw Errors.CONFLICT.exception();
        }
        dispatch.queue(again);
        return again.view(false);
    }

    private Delivery found(Webhook hook, String deliveryId) {
        return webhooks.delivery(hook.id(), deliveryId).orElseThrow(WebhookErrors.NO_DELIVERY::exception);
    }

    private Webhook own(Principal owner, String id) {
        return webhooks.find(id)
                .filter(hook -> hook.ownerId().equals(owner.userId()))
                .orElseThrow(WebhookErrors.NOT_FOUND::exception);
    }

    private void limit(Principal owner) {
        limiter.check("webhooks#" + owner.userId(), CALLS);
    }

    private void save(Webhook after) {
        if (!webhooks.save(after)) {
            throw Errors.CONFLICT.exception();
        }
    }

    private static String description(String text) {
        if (text == null) {
            return "";
        }
        if (text.codePointCount(0, text.length()) > LONGEST_DESCRIPTION) {
            throw Errors.invalid("description", "A description has at most " + LONGEST_DESCRIPTION + " characters.");
        }
        return text.strip();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
