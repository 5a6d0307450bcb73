package dev.parley.notifications;

import dev.parley.contracts.Wire;
import dev.parley.contracts.notifications.NotificationFrame;
import dev.parley.kernel.Errors;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.People;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what people are to be told, each event once for each person, and tells their sockets. What it throws is to be told again: whoever
 * was written for already is passed over then.
 */
public final class Feed implements Consumer<OutboxEvent> {
    /** More are not counted. */
    static final int MOST_UNREAD = 100;

    private static final int TRIES = 20;

    private final Notices notices;
    private final Newsroom newsroom;
    private final Sockets sockets;
    private final Outlet outlet;
    private final People people;

    public Feed(Notices notices, Talks talks, Sockets sockets, Outlet outlet, People people) {
        this.notices = Objects.requireNonNull(notices);
        this.newsroom = new Newsroom(notices, talks, sockets);
        this.sockets = Objects.requireNonNull(sockets);
        this.outlet = Objects.requireNonNull(outlet);
        this.people = Objects.requireNonNull(people);
    }

    /** @throws dev.parley.kernel.ApiException 503 {@code store.unavailable}: to be told again later */
    @Override
    public void accept(OutboxEvent event) {
        if (event.type().equals("account.deleted")) {
            notices.forget(event.subject());
            return;
        }
        for (News news : newsroom.of(event)) {
            keep(news).ifPresent(this::tell);
        }
    }

    /** @return what is new; empty when it was written before */
    private Optional<Notice> keep(News news) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (notices.written(news.userId(), news.eventId())) {
                return Optional.empty();
            }
            Optional<Notice> before = notices.find(news.userId(), Notice.idOf(news.userId(), news.topic()));
            Notice after = Notice.of(news, before);
            switch (notices.save(before, after, Optional.of(news.eventId()))) {
                case WRITTEN -> {
                    return Optional.of(after);
                }
                case REPEATED -> {
                    return Optional.empty();
                }
                case CONFLICT -> {
                    // Somebody added to it, or read it, meanwhile.
                }
            }
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    private void tell(Notice notice) {
        List<String> open = sockets.ofUser(notice.userId());
        if (open.isEmpty()) {
            return;
        }
        int unread = notices.unread(notice.userId(), MOST_UNREAD).size();
        Optional<String> name = notice.by()
                .flatMap(id -> Optional.ofNullable(people.find(List.of(id)).get(id)))
                .filter(person -> !person.deleted())
                .map(person -> person.name());
        send(open, new NotificationFrame.Told(notice.view(name), unread));
    }

    /** Tells a person's devices how many are unread, after one of them read some. */
    void read(String userId, int unread) {
        send(sockets.ofUser(userId), new NotificationFrame.Told(null, unread));
    }

    private void send(List<String> open, NotificationFrame frame) {
        String text = Wire.write(frame);
        for (String connection : open) {
            if (!outlet.send(connection, text)) {
                sockets.forget(connection);
            }
        }
    }
}
