package dev.parley.contracts.notifications;

/**
 * The code that came by text message.
 *
 * @param code six digits
 */
public record PhoneCode(String code) {}
