package dev.parley.contracts.admin;

/** {@code POST /admin/users/{id}/ban}; {@code reason}, 200 characters at most, is kept in the audit log alone. */
public record BanRequest(String reason) {}
