package dev.parley.contracts.identity;

/** {@code PUT /profile}: what is absent stays as it is, what is empty is cleared. */
public record ProfileUpdate(String nickname, String avatar, String phone) {}
