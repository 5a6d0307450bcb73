package dev.parley.notifications;

import dev.parley.contracts.notifications.NotificationPage;
import dev.parley.contracts.notifications.NotificationView;
import dev.parley.contracts.notifications.ReadAllRequest;
import dev.parley.contracts.notifications.UnreadNotifications;
import dev.parley.kernel.Errors;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import dev.parley.kernel.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What people do with their notifications. A message that was read somewhere is read here as well. */
public final class NoticeDesk {
    private static final int TRIES = 20;

    private final Notices notices;
    private final Reading reading;
    private final People people;
    private final Feed feed;
    private final InstantSource clock;

    public NoticeDesk(Notices notices, Reading reading, People people, Feed feed, InstantSource clock) {
        this.notices = Objects.requireNonNull(notices);
        this.reading = Objects.requireNonNull(reading);
        this.people = Objects.requireNonNull(people);
        this.feed = Objects.requireNonNull(feed);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Reads the feed of nobody: afterwards all that takes is loaded. */
    public void rehearse() {
        notices.page("nobody", Optional.empty(), 1);
    }

    /** The latest first. @throws dev.parley.kernel.ApiException 400 {@code request.invalid} for {@code before} */
    public NotificationPage list(Principal reader, Optional<String> before, int limit) {
        int unread = unread(reader.userId());
        Notices.Page page = notices.page(reader.userId(), before, limit);
        return new NotificationPage(views(page.list()), unread, page.next().orElse(null));
    }

    /** Marks one read. Doing it again changes nothing. @throws dev.parley.kernel.ApiException 404 {@code notification.not_found} */
    public UnreadNotifications read(Principal reader, String id) {
        Notice notice = notices.find(reader.userId(), id).orElseThrow(NoticeErrors.NOT_FOUND::exception);
        markRead(notice);
        return told(reader.userId());
    }

    /** Marks all read, or those that were seen. */
    public UnreadNotifications readAll(Principal reader, Optional<ReadAllRequest> request) {
        Optional<Instant> until = request.map(ReadAllRequest::until);
        notices.unread(reader.userId(), Integer.MAX_VALUE).stream()
                .filter(one -> until.isEmpty() || !one.at().isAfter(until.get()))
                .forEach(this::markRead);
        return told(reader.userId());
    }

    private UnreadNotifications told(String userId) {
        int left = unread(userId);
        feed.read(userId, left);
        return new UnreadNotifications(left);
    }

    /** How many are unread, after those are marked whose message was read in its conversation. */
    private int unread(String userId) {
        List<Notice> open = notices.unread(userId, Feed.MOST_UNREAD);
        List<Notice> left = reading.unread(userId, open);
        open.stream().filter(one -> !left.contains(one)).forEach(this::markRead);
        return left.size();
    }

    /** What is added meanwhile stays unread. */
    private void markRead(Notice seen) {
        Notice notice = seen;
        for (int attempt = 0; attempt < TRIES && same(notice, seen); attempt++) {
            Notice after = notice.read(clock.instant().truncatedTo(ChronoUnit.MILLIS));
            if (notices.save(Optional.of(notice), after, Optional.empty(), List.of()) == Notices.Outcome.WRITTEN) {
                return;
            }
            Optional<Notice> now = notices.find(seen.userId(), seen.id());
            if (now.isEmpty()) {
                return;
            }
            notice = now.get();
        }
        if (same(notice, seen)) {
            throw Errors.CONFLICT.exception();
        }
    }

    private static boolean same(Notice notice, Notice seen) {
        return notice.unread() && notice.at().equals(seen.at());
    }

    private List<NotificationView> views(List<Notice> list) {
        List<String> ids =
                list.stream().flatMap(one -> one.by().stream()).distinct().toList();
        Map<String, Person> named = ids.isEmpty() ? Map.of() : people.find(ids);
        return list.stream()
                .map(one -> one.view(one.by()
                        .flatMap(id -> Optional.ofNullable(named.get(id)))
                        .filter(person -> !person.deleted())
                        .map(Person::name)))
                .toList();
    }
}
