package dev.parley.platform.objects;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A request that the store answers to whoever makes it.
 *
 * @param method {@code GET} or {@code PUT}
 * @param headers to be sent with exactly these values, beside what any HTTP client sends by itself (Host, Content-Length)
 * @param expiresAt from then on it is 403
 */
public record SignedRequest(String method, URI uri, Map<String, String> headers, Instant expiresAt) {
    public SignedRequest {
        headers = Map.copyOf(headers);
    }
}
