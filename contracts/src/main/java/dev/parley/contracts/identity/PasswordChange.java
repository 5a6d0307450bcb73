package dev.parley.contracts.identity;

/** {@code POST /change-password}. Ends the account's other sessions. */
public record PasswordChange(String oldPassword, String newPassword) {}
