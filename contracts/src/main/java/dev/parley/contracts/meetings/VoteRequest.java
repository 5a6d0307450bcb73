package dev.parley.contracts.meetings;

import java.util.List;

/** {@code POST /meetings/{id}/polls/{poll_id}/vote}. @param choices positions of the chosen options, from 0; the last vote counts */
public record VoteRequest(List<Integer> choices) {}
