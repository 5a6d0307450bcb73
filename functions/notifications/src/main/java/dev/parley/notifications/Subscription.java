package dev.parley.notifications;

import dev.parley.contracts.notifications.SubscriptionView;
import dev.parley.kernel.Sha256;
import java.net.URI;
import java.time.Instant;

/**
 * A browser that somebody wants to be told in, while no page of ours is open there.
 *
 * @param id made of the endpoint, so that a browser that subscribes again is the same one
 * @param endpoint where its service takes messages; whoever knows it and our key can send to it
 * @param keyId the key of ours that it subscribed with
 * @param point the browser's public key, base64url
 * @param secret what the browser shares with us, base64url
 */
public record Subscription(
        String userId, String id, String endpoint, String keyId, String point, String secret, Instant createdAt) {
    private static final int ID_DIGITS = 22;

    static String idOf(String endpoint) {
        return "ps_" + Sha256.base64Url(endpoint).substring(0, ID_DIGITS);
    }

    /** Which service carries what is sent to it. */
    public String service() {
        return URI.create(endpoint).getHost();
    }

    /** Without what would let somebody send to it. */
    @Override
    public String toString() {
        return "Subscription[" + id + " of " + userId + "]";
    }

    SubscriptionView view() {
        return new SubscriptionView(id, service(), createdAt);
    }
}
