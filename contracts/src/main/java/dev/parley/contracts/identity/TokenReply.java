package dev.parley.contracts.identity;

import java.time.Instant;

/**
 * The answer to {@code POST /login} and {@code POST /refresh-token}.
 *
 * @param user the account; absent in the answer to a refresh
 * @param token the access token, for {@code Authorization: Bearer}
 * @param refreshToken the refresh token; absent where it is a cookie
 * @param expiresAt when the access token ends
 */
public record TokenReply(Profile user, String token, String refreshToken, Instant expiresAt) {
    /** Without secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "TokenReply[expiresAt=" + expiresAt + "]";
    }
}
