package dev.parley.notifications;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was read: in the list of notifications, or in its conversation. */
public final class Reading {
    private final Talks talks;

    public Reading(Talks talks) {
        this.talks = Objects.requireNonNull(talks);
    }

    /** Those of them that their reader has not read. */
    List<Notice> unread(String userId, List<Notice> notices) {
        List<Notice> open = notices.stream().filter(Notice::unread).toList();
        List<String> conversations = open.stream()
                .flatMap(one -> one.source().stream())
                .map(Notice.Source::conversationId)
                .distinct()
                .toList();
        if (conversations.isEmpty()) {
            return open;
        }
        Map<String, Long> marks = talks.read(conversations, userId);
        return open.stream()
                .filter(one -> one.source()
                        .filter(source -> marks.getOrDefault(source.conversationId(), 0L) >= source.seq())
                        .isEmpty())
                .toList();
    }
}
