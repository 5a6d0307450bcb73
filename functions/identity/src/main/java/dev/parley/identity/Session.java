package dev.parley.identity;

import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import java.time.Instant;
import java.util.Optional;

/**
 * A login session, which is a family of refresh tokens: of all that were handed out, one is current.
 *
 * @param id {@code s_…}
 * @param version in access tokens; it stands for later revocations within a session
 * @param currentHash of the current refresh secret
 * @param previous the one before, while it may still be answered
 * @param csrfKey what browser tokens against forgery are made with
 * @param until when it ends unless it is refreshed
 */
public record Session(
        String id,
        String userId,
        Role role,
        String name,
        long version,
        String currentHash,
        Optional<Previous> previous,
        String csrfKey,
        Instant createdAt,
        Instant until) {
    /**
     * The refresh token that was current before.
     *
     * @param hash of its secret
     * @param nonce with which its successor was made out of it
     * @param rotatedAt when that happened
     */
    public record Previous(String hash, String nonce, Instant rotatedAt) {}

    AccessClaims claims() {
        return AccessClaims.user(userId, id, version, role, name);
    }

    Session rotated(String nextHash, Previous replaced, Instant newUntil) {
        return new Session(
                id, userId, role, name, version, nextHash, Optional.of(replaced), csrfKey, createdAt, newUntil);
    }
}
