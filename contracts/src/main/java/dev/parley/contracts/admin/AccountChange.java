package dev.parley.contracts.admin;

/** {@code PUT /admin/users/{id}}; absent members stay. {@code role}: user, moderator or admin. */
public record AccountChange(String role, String nickname) {}
