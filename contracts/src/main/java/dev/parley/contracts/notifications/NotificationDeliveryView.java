package dev.parley.contracts.notifications;

import java.time.Instant;
import java.util.List;

/**
 * Something told elsewhere than in the app: one mail, push or text message of what was missed.
 *
 * @param channel {@code mail}, {@code push} or {@code sms}
 * @param state {@code pending}, {@code sent} on its way, {@code delivered}, {@code failed}, or {@code skipped} where everything was read before
 * @param notificationIds what it is about
 * @param attempts how often it was tried
 * @param error why the last try failed, one word
 * @param dueAt of one that is pending: not before
 */
public record NotificationDeliveryView(
        String id,
        String channel,
        String state,
        List<String> notificationIds,
        int attempts,
        String error,
        Instant createdAt,
        Instant dueAt,
        Instant deliveredAt) {}
