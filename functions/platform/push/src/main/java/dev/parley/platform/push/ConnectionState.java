package dev.parley.platform.push;

import java.time.Instant;

/**
 * What the gateway knows of an open connection.
 *
 * @param connectedAt when it was opened
 * @param lastActiveAt when something last came or went
 * @param sourceIp the client's address
 */
public record ConnectionState(Instant connectedAt, Instant lastActiveAt, String sourceIp) {}
