package dev.parley.meetings;

import java.time.Instant;
import java.util.List;

/** A question to everybody in a meeting. @param closed whether no vote is taken any more */
public record Poll(
        String id,
        String meetingId,
        String question,
        List<String> options,
        boolean multiple,
        boolean anonymous,
        boolean showResults,
        boolean closed,
        Instant createdAt) {
    public Poll {
        options = List.copyOf(options);
    }

    Poll withoutMoreVotes() {
        return new Poll(id, meetingId, question, options, multiple, anonymous, showResults, true, createdAt);
    }
}
