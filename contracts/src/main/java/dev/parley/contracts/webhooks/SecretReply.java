package dev.parley.contracts.webhooks;

import java.time.Instant;

/**
 * A webhook's new secret, shown once.
 *
 * @param previousUntil until when everything is signed with the one before as well
 */
public record SecretReply(String secret, Instant previousUntil) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "SecretReply[" + previousUntil + "]";
    }
}
