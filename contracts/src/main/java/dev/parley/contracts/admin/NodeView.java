package dev.parley.contracts.admin;

import java.time.Instant;

/**
 * A media node as it last reported: one of {@code GET /admin/nodes}.
 *
 * @param live heard of within its lease
 * @param state serving or draining
 * @param admission open, guarded or full: whom it lets in at its load
 * @param stress 0 idle, 1 full
 */
public record NodeView(
        String nodeId,
        boolean live,
        String state,
        String admission,
        int rooms,
        int participants,
        double stress,
        String region,
        String mediaHost,
        Instant leaseExpiresAt) {}
