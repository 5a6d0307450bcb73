package dev.parley.contracts.meetings;

import java.time.Instant;

/** A token of role guest for one meeting alone, and the key by which the browser is the same guest again. */
public record GuestPass(String token, String userId, String guestKey, Instant expiresAt) {}
