package dev.parley.contracts.messaging;

import java.util.List;

/** Everybody in a conversation. */
public record MemberPage(List<MemberView> list, int total) {}
