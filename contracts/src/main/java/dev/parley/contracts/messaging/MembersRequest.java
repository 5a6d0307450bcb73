package dev.parley.contracts.messaging;

import java.util.List;

/** Whom to take into a group. @param role {@code member} if absent; {@code owner} also for those who are in it already */
public record MembersRequest(List<String> userIds, String role) {}
