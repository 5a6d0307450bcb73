package dev.parley.contracts.admin;

import java.time.Instant;

/**
 * A meeting that goes on: one of {@code GET /rooms/stats}.
 *
 * @param participants how many have a seat now
 * @param nodeId the media node that has its room; absent while nobody has media in it
 */
public record RoomStats(
        String meetingId,
        String title,
        String hostId,
        String hostName,
        Instant startedAt,
        int participants,
        int maxParticipants,
        boolean locked,
        String nodeId) {}
