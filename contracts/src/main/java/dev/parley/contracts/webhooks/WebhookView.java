package dev.parley.contracts.webhooks;

import java.time.Instant;
import java.util.List;

/**
 * A webhook as its owner sees it.
 *
 * @param secret only in the reply that makes it
 * @param status {@code active} or {@code disabled}
 * @param disabledReason {@code owner}, {@code failing}, {@code gone} or {@code account}; absent while active
 * @param failingSince since when nothing was delivered; absent when the last delivery was
 */
public record WebhookView(
        String id,
        String url,
        List<String> events,
        String description,
        boolean everyMeeting,
        String secret,
        String status,
        String disabledReason,
        Instant failingSince,
        Instant createdAt,
        Instant updatedAt) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookView[" + id + " " + status + "]";
    }
}
