package dev.parley.meetings;

import dev.parley.contracts.meetings.JoinReply;
import dev.parley.contracts.meetings.Waiting;

/** What became of asking to join. */
public sealed interface JoinOutcome {
    /** In: everything the client needs. */
    record Joined(JoinReply reply) implements JoinOutcome {}

    /** In the lobby: ask again later. */
    record Held(Waiting waiting) implements JoinOutcome {}
}
