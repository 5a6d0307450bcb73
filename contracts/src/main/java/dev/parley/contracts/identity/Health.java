package dev.parley.contracts.identity;

/** {@code GET /health}. @param status {@code ok} @param version of the deployed code */
public record Health(String status, String version) {}
