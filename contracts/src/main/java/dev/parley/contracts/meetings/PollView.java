package dev.parley.contracts.meetings;

import java.time.Instant;
import java.util.List;

/**
 * A poll as somebody reads it.
 *
 * @param mine positions of what the reader chose, empty before they have voted
 * @param votes how many have voted
 * @param results counts by option, absent while they are not to be read
 */
public record PollView(
        String id,
        String question,
        List<String> options,
        boolean multiple,
        boolean anonymous,
        boolean showResults,
        boolean closed,
        Instant createdAt,
        List<Integer> mine,
        Integer votes,
        List<Result> results) {
    /** @param voters user ids, absent of an anonymous poll */
    public record Result(int count, List<String> voters) {}
}
