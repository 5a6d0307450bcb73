package dev.parley.contracts.notifications;

/**
 * The telephone that somebody is told on.
 *
 * @param phone the number that was confirmed; absent when there is none
 * @param pending the number that a code was sent to and that was not confirmed yet
 */
public record PhoneView(String phone, String pending) {}
