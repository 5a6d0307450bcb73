package dev.parley.contracts.notifications;

/**
 * A browser that is to be told, as its {@code PushSubscription} says of itself.
 *
 * @param endpoint where its service takes messages
 * @param publicKey the key of ours that it subscribed with; checked when it is there
 */
public record SubscriptionDraft(String endpoint, Keys keys, String publicKey) {
    /**
     * What messages are encrypted with, both in base64url.
     *
     * @param p256dh the browser's public key, 65 bytes
     * @param auth what it shares with us, 16 bytes
     */
    public record Keys(String p256dh, String auth) {}
}
