package dev.parley.contracts.meetings;

import java.util.List;

/**
 * {@code POST /meetings/{id}/polls}.
 *
 * @param question 1..300 characters
 * @param options 2 to 10 different answers of 1..200 characters
 * @param multiple whether one may choose several; false when absent
 * @param anonymous whether nobody reads who chose what; true when absent
 * @param showResults whether everybody reads the counts before the poll is closed; false when absent
 */
public record PollRequest(
        String question, List<String> options, Boolean multiple, Boolean anonymous, Boolean showResults) {}
