package dev.parley.notifications;

import dev.parley.contracts.notifications.NotificationView;
import dev.parley.kernel.Sha256;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A notification: what one person is told of one thing. It says nothing that its writer may take back, and nobody's name.
 *
 * @param id {@code n_}, made of what it is about: of one thing there is one
 * @param at the last time that something happened
 * @param count how often it happened since it was read
 * @param readAt when it was read, if nothing happened since
 * @param hidden whether it is for other channels alone, and not shown in the app
 * @param revision rises with every change, from 1
 */
public record Notice(
        String id,
        String userId,
        NoticeKind kind,
        String what,
        Instant at,
        int count,
        Optional<Instant> readAt,
        Optional<String> by,
        String title,
        Optional<Instant> startsAt,
        String link,
        Optional<Source> source,
        boolean hidden,
        long revision) {
    private static final int ID_DIGITS = 22;
    private static final int MOST_COUNTED = 1000;

    /** The last message that it is about: who has read that has read the notification. */
    public record Source(String conversationId, long seq) {}

    public Notice {
        Objects.requireNonNull(id);
        Objects.requireNonNull(userId);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(what);
        Objects.requireNonNull(at);
        Objects.requireNonNull(readAt);
        Objects.requireNonNull(by);
        Objects.requireNonNull(title);
        Objects.requireNonNull(startsAt);
        Objects.requireNonNull(link);
        Objects.requireNonNull(source);
    }

    /** The id of a person's notification of a topic. */
    static String idOf(String userId, String topic) {
        return "n_" + Sha256.base64Url(userId + "|" + topic).substring(0, ID_DIGITS);
    }

    /** What the news make of what was told before. News that come late change nothing but the count. */
    static Notice of(News news, Optional<Notice> before, boolean hidden) {
        boolean more = before.filter(one -> one.readAt().isEmpty()).isPresent();
        boolean late = more && before.get().at().isAfter(news.at());
        Notice same = late ? before.get() : null;
        return new Notice(
                idOf(news.userId(), news.topic()),
                news.userId(),
                news.kind(),
                late ? same.what() : news.what(),
                late ? same.at() : latest(news.at(), before),
                more ? Math.min(before.get().count() + 1, MOST_COUNTED) : 1,
                Optional.empty(),
                late ? same.by() : news.by(),
                late ? same.title() : news.title(),
                late ? same.startsAt() : news.startsAt(),
                late ? same.link() : news.link(),
                late ? same.source() : news.source(),
                hidden,
                before.map(Notice::revision).orElse(0L) + 1);
    }

    private static Instant latest(Instant at, Optional<Notice> before) {
        return before.map(Notice::at).filter(at::isBefore).orElse(at);
    }

    boolean unread() {
        return readAt.isEmpty();
    }

    Notice read(Instant now) {
        return new Notice(
                id,
                userId,
                kind,
                what,
                at,
                count,
                Optional.of(now),
                by,
                title,
                startsAt,
                link,
                source,
                hidden,
                revision + 1);
    }

    /** As its reader sees it. @param byName what the one who did it is called; empty when nobody is */
    NotificationView view(Optional<String> byName) {
        return new NotificationView(
                id,
                kind.wire(),
                what,
                at,
                count,
                readAt.orElse(null),
                by.orElse(null),
                byName.orElse(null),
                title.isEmpty() ? null : title,
                startsAt.orElse(null),
                link);
    }
}
