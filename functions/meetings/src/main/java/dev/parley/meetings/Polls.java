package dev.parley.meetings;

import java.util.List;
import java.util.Optional;

/** Polls of meetings and what people chose. Reads are consistent. */
public interface Polls {
    void add(Poll poll);

    Optional<Poll> find(String meetingId, String pollId);

    /** The polls of a meeting, the oldest first. */
    List<Poll> of(String meetingId);

    /** Writes somebody's choice in place of the one before. @return false when the poll is closed or gone */
    boolean vote(Poll poll, Ballot ballot);

    /** Takes no vote any more; who has voted by then counts. */
    void close(Poll poll);

    /** Everybody's choice. */
    List<Ballot> ballots(String meetingId, String pollId);
}
