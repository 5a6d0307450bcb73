package dev.parley.meetings;

import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans and history of meetings. */
public interface MeetingRepository {
    /** Writes a new meeting. @return false when its id is taken */
    boolean insert(Meeting meeting);

    Optional<Meeting> find(String meetingId);

    /** Replaces the meeting if it still has the version {@code changed.version() - 1}. @return whether it did */
    boolean update(Meeting changed);

    /** One page of the meetings somebody hosts or took part in, the latest first. */
    Envelope.Page<Meeting> page(MeetingQuery query);

    /** Meetings somebody hosts or took part in, the latest first, behind the bookmark. */
    List<Meeting> of(String userId, Optional<Bookmark> after, int limit);

    /** How many meetings somebody hosts that are not over. */
    int hosted(String userId);

    /** Marks the meeting as ended and keeps who was there, in one transaction. Doing it twice is doing it once. */
    void finish(Meeting ended, List<Participant> people);

    /**
     * Keeps who was there at one time of a series, and the series as it waits for the next, in one transaction.
     *
     * @param next has the number after that of the time that is over
     * @return false when the meeting does not have the version {@code next.version() - 1} any more
     */
    boolean repeat(Meeting next, Instant endedAt, List<Participant> people);

    /** The meetings that somebody was in at a time that was over since then; each once. */
    List<String> attendedSince(String userId, Instant since);

    /** Who was in a meeting that has ended; of a series, at its last time. */
    List<Participant> people(String meetingId);
}
