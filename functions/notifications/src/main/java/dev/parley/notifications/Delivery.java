package dev.parley.notifications;

import dev.parley.contracts.notifications.NotificationDeliveryView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is told one person on one channel.
 *
 * @param id {@code dl_} and its time, so that ids sort by time
 * @param noticeIds what it is about, oldest first
 * @param attempts how often it was tried
 * @param error why the last try failed, one word
 * @param deliveredAt when it was last taken, by one of several if there are several
 * @param left to whom it is still to be taken, where there are several and some failed
 * @param repeats how often its reader asked for it again
 * @param revision rises with every change, from 1
 */
public record Delivery(
        String userId,
        String id,
        Channel channel,
        List<String> noticeIds,
        State state,
        int attempts,
        Optional<String> error,
        Instant createdAt,
        Instant dueAt,
        Optional<Instant> deliveredAt,
        List<String> left,
        int repeats,
        long revision) {
    /** What became of it. */
    public enum State {
        PENDING,
        /** Handed over to who knows the reader's address. */
        SENT,
        DELIVERED,
        FAILED,
        SKIPPED;

        /** The word stored and sent. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Delivery {
        noticeIds = List.copyOf(noticeIds);
        left = List.copyOf(left);
    }

    /** A digest that takes no more. */
    static Delivery of(Digest digest) {
        return new Delivery(
                digest.userId(),
                digest.id(),
                digest.channel(),
                digest.noticeIds(),
                State.PENDING,
                0,
                Optional.empty(),
                digest.createdAt(),
                digest.dueAt(),
                Optional.empty(),
                List.of(),
                0,
                1);
    }

    Delivery skipped() {
        return with(State.SKIPPED, attempts, error, dueAt, deliveredAt, List.of(), repeats);
    }

    /** After a try. @param again when it is tried again, if it is */
    Delivery tried(Carrier.Carried came, Instant now, Optional<Instant> again) {
        State next = came.state() == State.PENDING && again.isEmpty() ? State.FAILED : came.state();
        return with(
                next,
                next == State.SENT ? attempts : attempts + 1,
                next == State.DELIVERED ? Optional.empty() : came.error(),
                again.orElse(dueAt),
                came.reached() ? Optional.of(now) : deliveredAt,
                again.isEmpty() ? List.of() : came.left(),
                repeats);
    }

    Delivery delivered(Instant now) {
        return with(State.DELIVERED, attempts + 1, Optional.empty(), dueAt, Optional.of(now), left, repeats);
    }

    /** A try that failed, after which there may be others. */
    Delivery missed(String why) {
        return with(state, attempts + 1, Optional.of(why), dueAt, Optional.empty(), left, repeats);
    }

    /** To be told again. */
    Delivery repeated(Instant now) {
        return with(State.PENDING, attempts, error, now, Optional.empty(), List.of(), repeats + 1);
    }

    private Delivery with(
            State next,
            int tried,
            Optional<String> why,
            Instant due,
            Optional<Instant> taken,
            List<String> missing,
            int asked) {
        return new Delivery(
                userId, id, channel, noticeIds, next, tried, why, createdAt, due, taken, missing, asked, revision + 1);
    }

    /** As its reader sees it. */
    NotificationDeliveryView view() {
        return new NotificationDeliveryView(
                id,
                channel.wire(),
                state.wire(),
                noticeIds,
                attempts,
                error.orElse(null),
                createdAt,
                state == State.PENDING ? dueAt : null,
                deliveredAt.orElse(null));
    }
}
