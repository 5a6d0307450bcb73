package dev.parley.webhooks.dynamo;

import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.webhooks.Attempt;
import dev.parley.webhooks.Delivery;
import dev.parley.webhooks.Secret;
import dev.parley.webhooks.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How webhooks and deliveries are written down. Times are epoch milliseconds. */
final class WebhookItems {
    static final String WEBHOOK_ID = "webhook_id";
    static final String ITEM = "item";
    static final String HOOK = "HOOK";
    static final String ALL = "ALL";
    static final String DELIVERY = "D#";

    /** Stands as the owner of the markers of webhooks that hear of every meeting. */
    static final String EVERYBODY = "*";

    private static final Duration KEPT = Duration.ofDays(30);

    private WebhookItems() {}

    static Map<String, AttributeValue> key(String webhookId, String item) {
        return Map.of(WEBHOOK_ID, Items.text(webhookId), ITEM, Items.text(item));
    }

    /** By which the index finds a webhook without knowing whose it is. */
    static Map<String, AttributeValue> marker(Webhook hook) {
        Map<String, AttributeValue> item = new HashMap<>(key(hook.id(), ALL));
        item.put("user_id", Items.text(EVERYBODY));
        return item;
    }

    static Map<String, AttributeValue> of(Webhook hook) {
        Map<String, AttributeValue> item = new HashMap<>(key(hook.id(), HOOK));
        item.put("user_id", Items.text(hook.ownerId()));
        item.put("url", Items.text(hook.url()));
        item.put("events", Items.texts(hook.events().stream().sorted().toList()));
        item.put("description", Items.text(hook.description()));
        item.put("every_meeting", Items.flag(hook.everyMeeting()));
        item.put("secret", Items.text(hook.secret().text()));
        hook.previous().ifPresent(old -> {
            item.put("previous_secret", Items.text(old.secret().text()));
            item.put("previous_until", time(old.until()));
        });
        hook.disabled().ifPresent(why -> item.put("disabled", Items.text(why.wire())));
        hook.failingSince().ifPresent(since -> item.put("failing_since", time(since)));
        item.put("created_at", time(hook.createdAt()));
        item.put("updated_at", time(hook.updatedAt()));
        item.put("revision", Items.number(hook.revision()));
        return item;
    }

    static Webhook webhook(Map<String, AttributeValue> item) {
        return new Webhook(
                Items.requiredText(item, WEBHOOK_ID),
                Items.requiredText(item, "user_id"),
                Items.requiredText(item, "url"),
                new HashSet<>(Items.texts(item, "events")),
                Items.text(item, "description").orElse(""),
                Items.flag(item, "every_meeting"),
                new Secret(Items.requiredText(item, "secret")),
                Items.text(item, "previous_secret")
                        .map(old -> new Webhook.Previous(new Secret(old), time(item, "previous_until"))),
                Items.text(item, "disabled").map(why -> Webhook.Disabled.valueOf(why.toUpperCase(Locale.ROOT))),
                Optional.of(item)
                        .filter(one -> one.containsKey("failing_since"))
                        .map(one -> time(one, "failing_since")),
                time(item, "created_at"),
                time(item, "updated_at"),
                Items.number(item, "revision", 0));
    }

    static Map<String, AttributeValue> of(Delivery delivery) {
        Map<String, AttributeValue> item = new HashMap<>(key(delivery.webhookId(), DELIVERY + delivery.id()));
        item.put("event_id", Items.text(delivery.eventId()));
        item.put("type", Items.text(delivery.type()));
        item.put("meeting_id", Items.text(delivery.meetingId()));
        item.put("payload", Items.text(delivery.payload()));
        item.put("state", Items.text(delivery.state().wire()));
        item.put("attempts", Items.number(delivery.attempts()));
        item.put(
                "last_attempts",
                AttributeValue.fromL(
                        delivery.lastAttempts().stream().map(WebhookItems::of).toList()));
        item.put("created_at", time(delivery.createdAt()));
        item.put("next_attempt_at", time(delivery.nextAttemptAt()));
        item.put("retry_until", time(delivery.retryUntil()));
        item.put("repeats", Items.number(delivery.repeats()));
        item.put("revision", Items.number(delivery.revision()));
        item.put(Tables.EXPIRES_AT, Items.expiry(delivery.retryUntil().plus(KEPT)));
        return item;
    }

    static Delivery delivery(Map<String, AttributeValue> item) {
        List<Attempt> attempts = new ArrayList<>();
        AttributeValue last = item.get("last_attempts");
        if (last != null && last.hasL()) {
            last.l().forEach(one -> attempts.add(attempt(one.m())));
        }
        return new Delivery(
                Items.requiredText(item, ITEM).substring(DELIVERY.length()),
                Items.requiredText(item, WEBHOOK_ID),
                Items.requiredText(item, "event_id"),
                Items.requiredText(item, "type"),
                Items.text(item, "meeting_id").orElse(""),
                Items.requiredText(item, "payload"),
                Delivery.State.valueOf(Items.requiredText(item, "state").toUpperCase(Locale.ROOT)),
                Math.toIntExact(Items.number(item, "attempts", 0)),
                attempts,
                time(item, "created_at"),
                time(item, "next_attempt_at"),
                time(item, "retry_until"),
                Math.toIntExact(Items.number(item, "repeats", 0)),
                Items.number(item, "revision", 0));
    }

    private static AttributeValue of(Attempt attempt) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("at", time(attempt.at()));
        item.put("status", Items.number(attempt.status()));
        item.put("took_ms", Items.number(attempt.tookMillis()));
        attempt.error().ifPresent(error -> item.put("error", Items.text(error)));
        return AttributeValue.fromM(item);
    }

    private static Attempt attempt(Map<String, AttributeValue> item) {
        return new Attempt(
                time(item, "at"),
                Math.toIntExact(Items.number(item, "status", 0)),
                Items.text(item, "error"),
                Items.number(item, "took_ms", 0));
    }

    private static AttributeValue time(Instant at) {
        return Items.number(at.toEpochMilli());
    }

    private static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochMilli(Items.number(item, name, 0));
    }
}
