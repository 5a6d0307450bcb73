package dev.parley.kernel;

import java.time.Instant;

/**
 * Which access tokens are refused before their time is over: all of somebody's that were issued until a moment, because the account was
 * banned, deleted or given another role. Tokens are signed and live ten minutes, so every function asks here once the signature holds.
 */
public interface Revocations {
    /** Refuses every access token of this user that was issued until now. */
    void revoke(String userId);

    /**
     * Whether a token of this user is refused. An answer may be a second old.
     *
     * @param issuedAt when the token was issued, to the second; one of the very second of a revocation is refused
     * @throws ApiException 503 {@code store.unavailable} when that cannot be known
     */
    boolean isRevoked(String userId, Instant issuedAt);
}
