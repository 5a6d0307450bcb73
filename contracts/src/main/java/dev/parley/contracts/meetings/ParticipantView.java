package dev.parley.contracts.meetings;

import java.time.Instant;

/**
 * Somebody in a meeting, or who was.
 *
 * @param role a {@link MeetingRole}'s word
 * @param state {@code waiting}, {@code admitted}, {@code joined}, {@code left}, {@code kicked} or {@code denied}
 */
public record ParticipantView(
        String participantId,
        String userId,
        String displayName,
        String role,
        String state,
        Integer csrc,
        Instant joinedAt,
        Instant leftAt) {}
