package dev.parley.contracts.notifications;

/**
 * A telephone to send a code to.
 *
 * @param phone with its country, {@code +4915112345678}; spaces, hyphens and the like are left out
 */
public record PhoneDraft(String phone) {}
