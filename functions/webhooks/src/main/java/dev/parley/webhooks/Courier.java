package dev.parley.webhooks;

import dev.parley.webhooks.Webhook.Disabled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Delivers: posts, and notes what it came to. Whatever was answered with 2xx is delivered; 410 disables the webhook; everything else is
 * tried again until a day is over. A webhook that took nothing for {@link #PATIENCE} is disabled when its next delivery is given up, and
 * its owner told.
 */
public final class Courier {
    static final Duration PATIENCE = Duration.ofDays(3);

    private static final int GONE = 410;

    private final Webhooks webhooks;
    private final Dispatch dispatch;
    private final Endpoint endpoint;
    private final Notices notices;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Courier(
            Webhooks webhooks,
            Dispatch dispatch,
            Endpoint endpoint,
            Notices notices,
            InstantSource clock,
            RandomGenerator random) {
        this.webhooks = Objects.requireNonNull(webhooks);
        this.dispatch = Objects.requireNonNull(dispatch);
        this.endpoint = Objects.requireNonNull(endpoint);
        this.notices = Objects.requireNonNull(notices);
        this.clock = Objects.requireNonNull(clock);
        this.random = Objects.requireNonNull(random);
    }

    /**
     * Tries one delivery.
     *
     * @param receipt by which the queue is told when to bring it again
     * @return whether it is done with
     */
    public boolean deliver(String webhookId, String deliveryId, String receipt) {
        Optional<Webhook> hook = webhooks.find(webhookId);
        Optional<Delivery> found = webhooks.delivery(webhookId, deliveryId);
        if (hook.isEmpty()
                || found.filter(one -> one.state() == Delivery.State.PENDING).isEmpty()) {
            return true;
        }
        Delivery delivery = found.get();
        if (!hook.get().active()) {
            webhooks.save(delivery.skipped());
            return true;
        }
        Instant now = clock.instant();
        if (delivery.nextAttemptAt().isAfter(now)) {
            later(receipt, Duration.between(now, delivery.nextAttemptAt()));
            return false;
        }
        return attempt(hook.get(), delivery, receipt);
    }

    private boolean attempt(Webhook hook, Delivery delivery, String receipt) {
        Instant began = clock.instant();
        byte[] body = delivery.payload().getBytes(StandardCharsets.UTF_8);
        Endpoint.Outcome outcome = endpoint.post(
                hook.url(),
                Map.of(
                        "webhook-id", delivery.eventId(),
                        "webhook-timestamp", String.valueOf(began.getEpochSecond()),
                        "webhook-signature", Signature.of(hook.secrets(began), delivery.eventId(), began, body)),
                body);
        Instant ended = clock.instant();
        var attempt = new Attempt(
                began,
                outcome.status(),
                outcome.error(),
                Duration.between(began, ended).toMillis());
        boolean gone = outcome.status() == GONE;
        Duration pause = Pauses.after(Math.max(1, delivery.attempts() + 1), random);
        Optional<Instant> next = attempt.delivered() || gone
                ? Optional.empty()
                : Optional.of(ended.plus(pause)).filter(again -> !again.isAfter(delivery.retryUntil()));
        if (!webhooks.save(delivery.tried(attempt, next))) {
            // its owner asked for it again meanwhile, or it was tried twice at once: it is looked at anew
            return false;
        }
        note(hook, attempt, next.isEmpty(), gone);
        next.ifPresent(again -> later(receipt, Duration.between(ended, again)));
        return next.isEmpty();
    }

    private void later(String receipt, Duration after) {
        dispatch.later(receipt, after.plusMillis(999)); // queues count in whole seconds
    }

    /** Keeps in mind how the webhook fares. */
    private void note(Webhook hook, Attempt attempt, boolean last, boolean gone) {
        if (attempt.delivered()) {
            if (hook.failingSince().isPresent()) {
                change(hook.id(), one -> one.faring(Optional.empty(), one.disabled()));
            }
            return;
        }
        boolean hopeless = last
                && hook.failingSince()
                        .filter(since -> !since.plus(PATIENCE).isAfter(attempt.at()))
                        .isPresent();
        if (gone || hopeless) {
            Disabled why = gone ? Disabled.GONE : Disabled.FAILING;
            change(
                            hook.id(),
                            one -> one.active()
                                    ? one.faring(Optional.of(one.failingSince().orElse(attempt.at())), Optional.of(why))
                                    : one)
                    .ifPresent(notices::disabled);
        } else if (hook.failingSince().isEmpty()) {
            change(
                    hook.id(),
                    one -> one.failingSince().isPresent()
                            ? one
                            : one.faring(Optional.of(attempt.at()), one.disabled()));
        }
    }

    /** @return the webhook after the change, when there was something to change */
    private Optional<Webhook> change(String id, UnaryOperator<Webhook> change) {
        while (true) {
            Optional<Webhook> seen = webhooks.find(id);
            if (seen.isEmpty()) {
                return Optional.empty();
            }
            Webhook after = change.apply(seen.get());
            if (after.equals(seen.get())) {
                return Optional.empty();
            }
            if (webhooks.save(after)) {
                return Optional.of(after);
            }
        }
    }
}
