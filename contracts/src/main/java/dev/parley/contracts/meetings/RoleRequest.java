package dev.parley.contracts.meetings;

/** {@code POST .../participants/{uid}/role}. @param role {@code host}, {@code co-host}, {@code presenter}, {@code participant} or {@code viewer} */
public record RoleRequest(String role) {}
