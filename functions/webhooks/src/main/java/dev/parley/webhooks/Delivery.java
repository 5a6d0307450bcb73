package dev.parley.webhooks;

import dev.parley.contracts.Wire;
import dev.parley.contracts.webhooks.WebhookDeliveryView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing to tell one webhook.
 *
 * @param id {@code d_}, its time and its event's id, so that ids sort by time and an event that comes twice makes the same one
 * @param payload what is posted, JSON
 * @param attempts how often it was tried, repeats included
 * @param lastAttempts the last of them, oldest first
 * @param nextAttemptAt not before
 * @param retryUntil no more tries begin after this
 * @param repeats how often its owner asked for it again
 * @param revision rises with every change, from 1
 */
public record Delivery(
        String id,
        String webhookId,
        String eventId,
        String type,
        String meetingId,
        String payload,
        State state,
        int attempts,
        List<Attempt> lastAttempts,
        Instant createdAt,
        Instant nextAttemptAt,
        Instant retryUntil,
        int repeats,
        long revision) {
    /** No try begins later than this after the event. */
    static final Duration RETRIED = Duration.ofHours(24);

    private static final int SHOWN_ATTEMPTS = 20;

    /** What became of it. */
    public enum State {
        PENDING,
        DELIVERED,
        FAILED,
        SKIPPED;

        /** The word stored and sent. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Delivery {
        lastAttempts = List.copyOf(lastAttempts);
    }

    static Delivery of(Webhook hook, String eventId, String type, String meetingId, Instant at, String payload) {
        return new Delivery(
                "d_%013d%s".formatted(at.toEpochMilli(), eventId.substring(eventId.indexOf('_') + 1)),
                hook.id(),
                eventId,
                type,
                meetingId,
                payload,
                State.PENDING,
                0,
                List.of(),
                at,
                at,
                at.plus(RETRIED),
                0,
                1);
    }

    /** After a try. @param next when to try again; empty when it is not tried again */
    Delivery tried(Attempt attempt, Optional<Instant> next) {
        List<Attempt> shown = new ArrayList<>(lastAttempts);
        shown.add(attempt);
        while (shown.size() > SHOWN_ATTEMPTS) {
            shown.removeFirst();
        }
        State after = attempt.delivered() ? State.DELIVERED : next.isPresent() ? State.PENDING : State.FAILED;
        return with(after, attempts + 1, shown, next.orElse(attempt.at()), retryUntil, repeats);
    }

    Delivery skipped() {
        return with(State.SKIPPED, attempts, lastAttempts, nextAttemptAt, retryUntil, repeats);
    }

    /** To be told again, for another day if need be. */
    Delivery repeated(Instant now) {
        return with(State.PENDING, attempts, lastAttempts, now, now.plus(RETRIED), repeats + 1);
    }

    private Delivery with(State next, int count, List<Attempt> shown, Instant again, Instant until, int asked) {
        return new Delivery(
                id,
                webhookId,
                eventId,
                type,
                meetingId,
                payload,
                next,
                count,
                shown,
                createdAt,
                again,
                until,
                asked,
                revision + 1);
    }

    /** As its owner sees it. @param whole whether with what is posted */
    WebhookDeliveryView view(boolean whole) {
        return new WebhookDeliveryView(
                id,
                eventId,
                type,
                meetingId.isEmpty() ? null : meetingId,
                state.wire(),
                attempts,
                lastAttempts.stream().map(Attempt::view).toList(),
                createdAt,
                state == State.PENDING ? nextAttemptAt : null,
                whole ? Wire.tree(payload) : null);
    }
}
