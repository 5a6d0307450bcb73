package dev.parley.notifications;

import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells people elsewhere than in the app: when it is due and no quiet hour, what of it is still unread, as one. What fails is tried again for a
 * day, each time when the queue brings it again.
 */
public final class Courier {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** How long a delivery is tried. */
    private static final Duration LONGEST = Duration.ofHours(24);
    /** Between one try and the next, the last of them again and again. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(4));

    private final Notices notices;
    private final Deliveries deliveries;
    private final PreferenceStore preferences;
    private final Reading reading;
    private final People people;
    private final Map<Channel, Carrier> carriers;
    private final Dispatch dispatch;
    private final InstantSource clock;
    private final Sentences sentences = new Sentences();

    public Courier(
            Notices notices,
            Deliveries deliveries,
            PreferenceStore preferences,
            Reading reading,
            People people,
            Postbox postbox,
            Subscriptions subscriptions,
            PushServices services,
            Phones phones,
            Texter texter,
            String publicUrl,
            Dispatch dispatch,
            InstantSource clock) {
        this.notices = Objects.requireNonNull(notices);
        this.deliveries = Objects.requireNonNull(deliveries);
        this.preferences = Objects.requireNonNull(preferences);
        this.reading = Objects.requireNonNull(reading);
        this.people = Objects.requireNonNull(people);
        this.carriers = Map.of(
                Channel.MAIL, new MailCarrier(postbox, clock),
                Channel.PUSH, new PushCarrier(subscriptions, services),
                Channel.SMS, new TextCarrier(phones, texter, publicUrl));
        this.dispatch = Objects.requireNonNull(dispatch);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Looks at one.
     *
     * @param receipt by which the queue is told when to bring it again
     * @return whether it is done with
     */
    public boolean deliver(String userId, Channel channel, String deliveryId, String receipt) {
        Preferences chosen = preferences.preferences(userId).orElseGet(Preferences::usual);
        Optional<Delivery> known = deliveries.find(userId, deliveryId);
        if (known.isEmpty()) {
            Optional<Digest> open =
                    deliveries.open(userId, channel).filter(one -> one.id().equals(deliveryId));
            if (open.isEmpty()) {
                return true;
            }
            return close(open.get(), chosen, receipt);
        }
        return known.get().state() != Delivery.State.PENDING || send(known.get(), chosen, receipt);
    }

    private boolean close(Digest digest, Preferences chosen, String receipt) {
        if (early(digest.dueAt(), chosen.quiet(), receipt)) {
            return false;
        }
        Delivery delivery = Delivery.of(digest);
        if (!deliveries.close(digest, delivery)) {
            dispatch.later(receipt, SOON);
            return false;
        }
        return send(delivery, chosen, receipt);
    }

    /** Whether it is put off: it is not due, or these are quiet hours. */
    private boolean early(Instant dueAt, Optional<QuietHours> quiet, String receipt) {
        Instant now = clock.instant();
        Instant due = quiet.flatMap(hours -> hours.endOf(now)).orElse(dueAt);
        if (due.isAfter(now)) {
            dispatch.later(receipt, Duration.between(now, due).plusMillis(999)); // queues count in whole seconds
            return true;
        }
        return false;
    }

    private boolean send(Delivery delivery, Preferences chosen, String receipt) {
        // Who asks for it again is awake, and wants all of it.
        boolean asked = delivery.repeats() > 0;
        if (early(delivery.dueAt(), asked ? Optional.empty() : chosen.quiet(), receipt)) {
            return false;
        }
        List<Notice> told = delivery.noticeIds().stream()
                .flatMap(id -> notices.find(delivery.userId(), id).stream())
                .toList();
        List<Notice> left = asked
                ? told
                : reading.unread(delivery.userId(), told).stream()
                        .filter(one -> chosen.wants(delivery.channel(), one.kind(), one.what()))
                        .toList();
        Delivery after = left.isEmpty() ? delivery.skipped() : carried(delivery, chosen, left);
        if (!deliveries.save(after)) {
            // It was tried twice at once: it is looked at anew, and what was posted is posted once.
            dispatch.later(receipt, SOON);
            return false;
        }
        return after.state() != Delivery.State.PENDING || !early(after.dueAt(), Optional.empty(), receipt);
    }

    private Delivery carried(Delivery delivery, Preferences chosen, List<Notice> left) {
        Carrier.Carried came = carriers.get(delivery.channel())
                .carry(delivery, new Carrier.Told(chosen.language(), left, lines(left, chosen)));
        if (came.state() == Delivery.State.SKIPPED) {
            return delivery.skipped();
        }
        Instant now = clock.instant();
        Optional<Instant> again = came.state() == Delivery.State.PENDING
                ? Optional.of(now.plus(PAUSES.get(Math.min(delivery.attempts(), PAUSES.size() - 1))))
                        .filter(next -> next.isBefore(delivery.createdAt().plus(LONGEST)))
                : Optional.empty();
        return delivery.tried(came, now, again);
    }

    /**
     * Notes what became of a mail that was handed over.
     *
     * @param failure one word; empty when who delivers mail has taken it
     */
    public void mailed(String userId, String deliveryId, Optional<String> failure) {
        deliveries
                .find(userId, deliveryId)
                .filter(one -> one.state() == Delivery.State.SENT)
                .map(one -> failure.map(one::missed).orElseGet(() -> one.delivered(clock.instant())))
                .ifPresent(deliveries::save);
    }

    private List<String> lines(List<Notice> left, Preferences chosen) {
        List<String> ids =
                left.stream().flatMap(one -> one.by().stream()).distinct().toList();
        Map<String, Person> named = ids.isEmpty() ? Map.of() : people.find(ids);
        ZoneId zone = chosen.quiet().map(QuietHours::zone).orElse(ZoneOffset.UTC);
        return left.stream()
                .map(one -> sentences.of(
                        Language.of(chosen.language()),
                        one,
                        one.by()
                                .flatMap(id -> Optional.ofNullable(named.get(id)))
                                .filter(person -> !person.deleted())
                                .map(Person::name),
                        zone))
                .toList();
    }
}
