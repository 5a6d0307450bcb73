package dev.parley.contracts.identity;

/** {@code POST /forgot-password}. The answer is the same whether or not an account has this address. */
public record ForgottenPassword(String email) {}
