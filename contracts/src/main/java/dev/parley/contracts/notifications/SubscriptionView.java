package dev.parley.contracts.notifications;

import java.time.Instant;

/**
 * A browser that somebody is told in.
 *
 * @param id the same when the same browser subscribes again
 * @param service the host that carries what is sent to it
 */
public record SubscriptionView(String id, String service, Instant createdAt) {}
