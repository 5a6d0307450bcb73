package dev.parley.contracts.signaling;

import java.time.Instant;

/** A single-use ticket for the socket. */
public record TicketReply(String ticket, String wsUrl, Instant expiresAt) {}
