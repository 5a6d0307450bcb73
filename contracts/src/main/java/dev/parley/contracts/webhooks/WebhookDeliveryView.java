package dev.parley.contracts.webhooks;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One thing told to one webhook.
 *
 * @param event its type
 * @param state {@code pending}, {@code delivered}, {@code failed} after a day of tries, or {@code skipped} while the webhook was disabled
 * @param attempts how often it was tried
 * @param lastAttempts the last of them, oldest first
 * @param nextAttemptAt of one that is pending
 * @param payload what is posted; only where one delivery is asked for
 */
public record WebhookDeliveryView(
        String id,
        String eventId,
        String event,
        String meetingId,
        String state,
        int attempts,
        List<AttemptView> lastAttempts,
        Instant createdAt,
        Instant nextAttemptAt,
        JsonNode payload) {}
