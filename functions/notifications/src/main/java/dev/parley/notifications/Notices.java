package dev.parley.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people are told, and who is invited to what. Kept for {@link #KEPT_DAYS} days. */
public interface Notices {
    int KEPT_DAYS = 30;

    /** What became of a write. */
    enum Outcome {
        /** It is written. */
        WRITTEN,
        /** Somebody else was first: read again and decide again. */
        CONFLICT,
        /** This event was written before. */
        REPEATED
    }

    Optional<Notice> find(String userId, String id);

    /** Whether an event was written for this person. */
    boolean written(String userId, String eventId);

    /**
     * Writes a notification together with the mark of the event that it comes from.
     *
     * @param before as it was read
     * @param eventId absent when it was only read
     * @param digests what it is told with elsewhere, written in the same transaction
     */
    Outcome save(Optional<Notice> before, Notice after, Optional<String> eventId, List<Digest.Change> digests);

    /** The latest first. @param before a {@link Page#next}, of which older ones are asked for */
    Page page(String userId, Optional<String> before, int limit);

    /** Those that are unread, the latest first. */
    List<Notice> unread(String userId, int limit);

    /** Forgets everything of an account that is gone. */
    void forget(String userId);

    /** Notes that somebody is invited to a meeting. */
    void invite(String meetingId, String userId, Instant until);

    void uninvite(String meetingId, String userId);

    /** Who is invited to a meeting. */
    List<String> invited(String meetingId);

    /**
     * Some of the notifications.
     *
     * @param next asks for those before these
     */
    record Page(List<Notice> list, Optional<String> next) {
        public Page {
            list = List.copyOf(list);
        }
    }
}
