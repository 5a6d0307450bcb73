package dev.parley.identity;

import dev.parley.contracts.identity.SessionView;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import java.time.Instant;
import java.util.Optional;

/**
 * A login session, which is a family of refresh tokens: of all that were handed out, one is current.
 *
 * @param id {@code s_…}
 * @param version in access tokens; it stands for later revocations within a session
 * @param epoch of its account when it was opened: once the account's sessions must have a higher one, this one is over
 * @param currentHash of the current refresh secret
 * @param previous the one before, while it may still be answered
 * @param csrfKey what browser tokens against forgery are made with
 * @param device where it is used
 * @param lastSeen when it was opened or last refreshed
 * @param until when it ends unless it is refreshed
 */
public record Session(
        String id,
        String userId,
        Role role,
        String name,
        long version,
        long epoch,
        String currentHash,
        Optional<Previous> previous,
        String csrfKey,
        Device device,
        Instant createdAt,
        Instant lastSeen,
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

    /** What its owner may see of it. */
    SessionView view(String callersSession) {
        return new SessionView(
                id, device.client(), device.system(), device.address(), createdAt, lastSeen, id.equals(callersSession));
    }

    Session rotated(String nextHash, Previous replaced, Device seen, Instant newUntil) {
        return new Session(
                id,
                userId,
                role,
                name,
                version,
                epoch,
                nextHash,
                Optional.of(replaced),
                csrfKey,
                seen,
                createdAt,
                replaced.rotatedAt(),
                newUntil);
    }
}
