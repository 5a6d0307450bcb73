package dev.parley.contracts.meetings;

/**
 * {@code POST /meetings/{id}/guests}.
 *
 * @param displayName 1..50 characters
 * @param guestKey what an earlier reply gave: the same key is the same guest
 */
public record GuestRequest(String displayName, String password, String guestKey) {}
