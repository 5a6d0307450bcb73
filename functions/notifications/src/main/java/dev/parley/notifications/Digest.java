package dev.parley.notifications;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be told one person on one channel, still open for more.
 *
 * @param id of the delivery that it becomes, {@code dl_} and its time
 * @param dueAt not before
 * @param noticeIds what it is about, oldest first
 * @param revision rises with every change, from 1
 */
public record Digest(
        String userId,
        Channel channel,
        String id,
        Instant createdAt,
        Instant dueAt,
        List<String> noticeIds,
        long revision) {
    private static final int MOST = 100;

    public Digest {
        noticeIds = List.copyOf(noticeIds);
    }

    /** Whether one more is to begin another. */
    boolean fullFor(String noticeId) {
        return noticeIds.size() >= MOST && !noticeIds.contains(noticeId);
    }

    /** With one more; what is in it already changes nothing but the revision. */
    Digest with(String noticeId) {
        List<String> ids = new ArrayList<>(noticeIds);
        if (!ids.contains(noticeId)) {
            ids.add(noticeId);
        }
        return new Digest(userId, channel, id, createdAt, dueAt, ids, revision + 1);
    }

    /**
     * What becomes of one.
     *
     * @param before as it was read; empty when there is none
     */
    public record Change(Optional<Digest> before, Digest after) {}
}
