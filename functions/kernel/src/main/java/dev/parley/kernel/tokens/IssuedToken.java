package dev.parley.kernel.tokens;

import java.time.Instant;

/** A signed token and when it ends. */
public record IssuedToken(String token, Instant expiresAt) {}
