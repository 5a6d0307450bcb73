package dev.parley.meetings;

import java.util.List;

/** What one person chose. @param choices positions of options, from 0, each once, in order */
public record Ballot(String userId, List<Integer> choices) {
    public Ballot {
        choices = List.copyOf(choices);
    }
}
