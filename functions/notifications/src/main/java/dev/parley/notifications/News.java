package dev.parley.notifications;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something to tell one person.
 *
 * @param eventId of the event it comes from
 * @param topic what news of one thing have in common: they are one notification
 * @param what happened, one word
 * @param by the account that did it
 * @param title of what it is about, or empty
 * @param link page of the web app, from its root
 * @param source the message it is about
 */
record News(
        String eventId,
        String userId,
        NoticeKind kind,
        String what,
        String topic,
        Instant at,
        Optional<String> by,
        String title,
        Optional<Instant> startsAt,
        String link,
        Optional<Notice.Source> source) {
    News {
        Objects.requireNonNull(eventId);
        Objects.requireNonNull(userId);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(what);
        Objects.requireNonNull(topic);
        Objects.requireNonNull(at);
        Objects.requireNonNull(by);
        Objects.requireNonNull(title);
        Objects.requireNonNull(startsAt);
        Objects.requireNonNull(link);
        Objects.requireNonNull(source);
    }
}
