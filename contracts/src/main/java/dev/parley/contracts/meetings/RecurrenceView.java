package dev.parley.contracts.meetings;

import java.time.Instant;
import java.util.List;

/**
 * When a meeting takes place again.
 *
 * @param first when it takes place for the first time
 * @param next the next times, five at most
 */
public record RecurrenceView(String rule, String timeZone, Instant first, List<Instant> next) {}
