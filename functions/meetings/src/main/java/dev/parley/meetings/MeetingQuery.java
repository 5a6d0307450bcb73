package dev.parley.meetings;

import java.util.Optional;

/**
 * Which meetings to list.
 *
 * @param userId whose: hosted or taken part in
 * @param keyword in title, description or code, any case
 * @param page from 1
 * @param pageSize 1..100
 */
public record MeetingQuery(
        String userId, Optional<MeetingStatus> status, Optional<String> keyword, int page, int pageSize) {}
