package dev.parley.contracts.messaging;

import java.time.Instant;

/** Somebody in a conversation, and how far the messages have come to them. */
public record MemberView(PersonView person, String role, Instant joinedAt, long deliveredSeq, long readSeq) {}
