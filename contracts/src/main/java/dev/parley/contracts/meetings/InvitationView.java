package dev.parley.contracts.meetings;

import java.time.Instant;

/** Somebody who was invited by mail. */
public record InvitationView(String id, String email, Instant invitedAt) {}
