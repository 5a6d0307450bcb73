package dev.parley.contracts.identity;

import java.time.Instant;

/**
 * One of {@code GET /sessions}: where the caller is signed in.
 *
 * @param id {@code s_…}
 * @param client the program, {@code Firefox}; empty when it did not say
 * @param system what it runs on, {@code Android}; empty when it did not say
 * @param address the network address it was last seen at
 * @param lastSeen when it signed in or last refreshed its token
 * @param current whether it is the one that asks
 */
public record SessionView(
        String id,
        String client,
        String system,
        String address,
        Instant createdAt,
        Instant lastSeen,
        boolean current) {}
