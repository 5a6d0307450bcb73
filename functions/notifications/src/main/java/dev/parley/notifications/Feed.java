package dev.parley.notifications;

import dev.parley.contracts.Wire;
import dev.parley.contracts.notifications.NotificationFrame;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.People;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps what people are to be told, each event once for each person, and tells their sockets. What it throws is to be told again: whoever
 * was written for already is passed over then.
 */
public final class Feed implements Consumer<OutboxEvent> {
    /** More are not counted. */
    static final int MOST_UNREAD = 100;

    /** After this long nobody seems to bring it any more: it is queued again. */
    private static final Duration OVERDUE = Duration.ofHours(1);

    private static final int TRIES = 20;

    private final Notices notices;
    private final Newsroom newsroom;
    private final Sockets sockets;
    private final Outlet outlet;
    private final People people;
    private final PreferenceStore preferences;
    private final Deliveries deliveries;
    private final Subscriptions subscriptions;
    private final Phones phones;
    private final Dispatch dispatch;
    private final Ids ids;

    public Feed(
            Notices notices,
            Talks talks,
            Sockets sockets,
            Outlet outlet,
            People people,
            PreferenceStore preferences,
            Deliveries deliveries,
            Subscriptions subscriptions,
            Phones phones,
            Dispatch dispatch,
            Ids ids) {
        this.notices = Objects.requireNonNull(notices);
        this.newsroom = new Newsroom(notices, talks, sockets);
        this.sockets = Objects.requireNonNull(sockets);
        this.outlet = Objects.requireNonNull(outlet);
        this.people = Objects.requireNonNull(people);
        this.preferences = Objects.requireNonNull(preferences);
        this.deliveries = Objects.requireNonNull(deliveries);
        this.subscriptions = Objects.requireNonNull(subscriptions);
        this.phones = Objects.requireNonNull(phones);
        this.dispatch = Objects.requireNonNull(dispatch);
        this.ids = Objects.requireNonNull(ids);
    }

    /** @throws dev.parley.kernel.ApiException 503 {@code store.unavailable}: to be told again later */
    @Override
    public void accept(OutboxEvent event) {
        if (event.type().equals("account.deleted")) {
            notices.forget(event.subject());
            return;
        }
        if (event.type().equals("account.banned")) {
            subscriptions.of(event.subject()).forEach(one -> subscriptions.remove(event.subject(), one.id()));
            phones.remove(event.subject());
            return;
        }
        for (News news : newsroom.of(event)) {
            keep(news).ifPresent(this::tell);
        }
    }

    /** @return what is new and shown; empty when it was written before */
    private Optional<Notice> keep(News news) {
        Preferences chosen = preferences.preferences(news.userId()).orElseGet(Preferences::usual);
        Set<Channel> channels = chosen.at(news.at(), news.kind(), news.what());
        if (channels.contains(Channel.PUSH) && subscriptions.of(news.userId()).isEmpty()) {
            channels.remove(Channel.PUSH);
        }
        if (channels.contains(Channel.SMS) && phones.of(news.userId()).isEmpty()) {
            channels.remove(Channel.SMS);
        }
        if (channels.isEmpty()) {
            return Optional.empty();
        }
        boolean hidden = !channels.remove(Channel.IN_APP);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (notices.written(news.userId(), news.eventId())) {
                return repeated(news, channels);
            }
            Optional<Notice> before = notices.find(news.userId(), Notice.idOf(news.userId(), news.topic()));
            Notice after = Notice.of(news, before, hidden);
            List<Digest.Change> digests = channels.stream()
                    .map(channel -> digest(after, channel, news.at(), chosen))
                    .toList();
            switch (notices.save(before, after, Optional.of(news.eventId()), digests)) {
                case WRITTEN -> {
                    digests.stream()
                            .filter(change -> change.before()
                                    .filter(open -> open.dueAt().plus(OVERDUE).isAfter(news.at()))
                                    .isEmpty())
                            .map(Digest.Change::after)
                            .forEach(this::queue);
                    return Optional.of(after).filter(one -> !hidden);
                }
                case REPEATED -> {
                    return repeated(news, channels);
                }
                case CONFLICT -> {
                    // Somebody added to it, or read it, meanwhile.
                }
            }
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    /** What was written before was perhaps not queued: queued twice it is told once. */
    private Optional<Notice> repeated(News news, Set<Channel> channels) {
        channels.forEach(channel -> deliveries.open(news.userId(), channel).ifPresent(this::queue));
        return Optional.empty();
    }

    private void queue(Digest digest) {
        dispatch.queue(digest.userId(), digest.channel(), digest.id());
    }

    private Digest.Change digest(Notice notice, Channel channel, Instant at, Preferences chosen) {
        Optional<Digest> open = deliveries.open(notice.userId(), channel);
        if (open.isPresent() && !open.get().fullFor(notice.id())) {
            return new Digest.Change(open, open.get().with(notice.id()));
        }
        // One that is full is queued already; when somebody else closes it first, what is written next to it conflicts.
        open.ifPresent(full -> deliveries.close(full, Delivery.of(full)));
        Instant due = at.plus(channel.patience());
        return new Digest.Change(
                Optional.empty(),
                new Digest(
                        notice.userId(),
                        channel,
                        ids.opaque("dl_%013d".formatted(at.toEpochMilli())),
                        at,
                        chosen.quiet().flatMap(hours -> hours.endOf(due)).orElse(due),
                        List.of(notice.id()),
                        1));
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
