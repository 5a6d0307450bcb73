package dev.parley.contracts.identity;

/** {@code GET /csrf-token}: what the header {@code X-CSRF-Token} must say where the refresh token is a cookie. */
public record CsrfToken(String csrfToken) {}
