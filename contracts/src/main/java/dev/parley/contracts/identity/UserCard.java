package dev.parley.contracts.identity;

/** What everybody with an account may see of another: {@code GET /users/lookup}. */
public record UserCard(String userId, String username, String nickname, String avatar) {}
