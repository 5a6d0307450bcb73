package dev.parley.messaging;

import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Who is there. Each device holds a lease of {@link #LEASE}, which it renews by saying again how it is; one that was not heard of for
 * twice as long as it said is away, and one whose socket was closed is away for {@link #GRACE} and then gone. Devices may say it seldom, for
 * they are asked while somebody looks: one that does not answer within {@link #ANSWER} is away. A person is what the device is
 * that is there most. Only those hear of it who share a conversation of at most fifty people that is no meeting's, two hundred people at
 * most, and of one person at most twice in {@link #COALESCED}: what changed in between is told with a later renewal. Of a device that
 * falls silent nobody is told: whoever looks sees it.
 */
public final class Presence {
    static final Duration LEASE = Duration.ofMinutes(11);
    static final Duration COALESCED = Duration.ofSeconds(5);
    /** For who loads a page again, or comes back over another network. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** In how many seconds those say it again whom somebody looks at. */
    static final int LOOKED_AT_SECONDS = 60;

    static final Duration ANSWER = Duration.ofSeconds(75);

    /** How often a renewal that changes nothing is looked at as if it might. */
    private static final Duration LOOK = Duration.ofMinutes(5);

    /** In place of a device: what the others were told last. */
    private static final String TOLD = "#told";

    private static final Rate TELLINGS = new Rate(2, COALESCED);
    private static final int CONVERSATIONS = 50;
    private static final int PEOPLE = 200;
    private static final int AT_ONCE = 16;

    private final Conversations conversations;
    private final Shelf shelf;
    private final Leases leases;
    private final Told told;
    private final Throttle throttle;
    private final InstantSource clock;

    Presence(
            Conversations conversations,
            Shelf shelf,
            Leases leases,
            Told told,
            Throttle throttle,
            InstantSource clock) {
        this.conversations = Objects.requireNonNull(conversations);
        this.shelf = Objects.requireNonNull(shelf);
        this.leases = Objects.requireNonNull(leases);
        this.told = Objects.requireNonNull(told);
        this.throttle = Objects.requireNonNull(throttle);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Notes how a device is. One that says again what it said costs one write, but every {@link #LOOK}.
     *
     * @param every how soon the device says it again; empty for one that says it when it likes, and is believed to the end of its lease
     * @param watch whether to answer how the others are
     * @return the others who are there, empty when nobody asked
     */
    public List<MessagingFrame.State> note(
            Caller caller, String device, PresenceState state, Optional<Duration> every, boolean watch) {
        String userId = caller.userId();
        Instant now = clock.instant();
        Optional<Lease> before = state == PresenceState.OFFLINE
                ? leases.remove(userId, device)
                : leases.put(userId, device, lease(caller, state, every, now));
        boolean again = before.filter(lease -> lease.at(now) == state && sameLook(lease.until(), now.plus(LEASE)))
                .isPresent();
        if (again && !watch) {
            return List.of();
        }
        Map<String, Lease> devices = new HashMap<>(leases.ofUser(userId));
        Optional<Set<String>> others = tell(userId, devices, device, before);
        return watch ? states(others.orElseGet(() -> acquaintances(userId))) : List.of();
    }

    private static Lease lease(Caller caller, PresenceState state, Optional<Duration> every, Instant now) {
        Instant until = now.plus(LEASE);
        Instant awayAt = every.map(pause -> now.plus(pause.multipliedBy(2))).orElse(until);
        return new Lease(state, caller.connectionId(), awayAt, until);
    }

    private static boolean sameLook(Instant one, Instant other) {
        return one.getEpochSecond() / LOOK.toSeconds() == other.getEpochSecond() / LOOK.toSeconds();
    }

    /**
     * Notes that a socket was closed. A device that said it goes has no lease any more, and one that came back by another socket has a newer one.
     */
    void lost(String userId, String connectionId) {
        Instant now = clock.instant();
        leases.ofUser(userId).forEach((device, lease) -> {
            if (lease.connectionId().filter(connectionId::equals).isEmpty()) {
                return;
            }
            Instant gone = now.plus(GRACE);
            Lease away = new Lease(PresenceState.AWAY, Optional.empty(), gone, gone);
            if (leases.replace(userId, device, lease, away)) {
                tell(userId, new HashMap<>(leases.ofUser(userId)), device, Optional.of(lease));
            }
        });
    }

    /**
     * Tells the others how somebody is, if that is not what they were told or what they see.
     *
     * @param devices with what they were told last
     * @param device the one of which something was noted
     * @param before what was known of it
     * @return the others, when they were told
     */
    private Optional<Set<String>> tell(
            String userId, Map<String, Lease> devices, String device, Optional<Lease> before) {
        Instant now = clock.instant();
        PresenceState toldLast = Optional.ofNullable(devices.remove(TOLD))
                .map(lease -> lease.at(now))
                .orElse(PresenceState.OFFLINE);
        PresenceState is = most(devices, now);
        devices.remove(device);
        before.ifPresent(lease -> devices.put(device, lease));
        PresenceState seen = most(devices, now);
        if (is == toldLast && is == seen) {
            if (is != PresenceState.OFFLINE) {
                noteTold(userId, is, now);
            }
            return Optional.empty();
        }
        if (!throttle.fits("presence#" + userId, TELLINGS)) {
            return Optional.empty();
        }
        noteTold(userId, is, now);
        Set<String> others = acquaintances(userId);
        told.people(
                others,
                Optional.empty(),
                new MessagingFrame.Presence(null, List.of(new MessagingFrame.State(userId, is.wire())), null));
        return Optional.of(others);
    }

    private void noteTold(String userId, PresenceState state, Instant now) {
        leases.put(userId, TOLD, new Lease(state, Optional.empty(), now.plus(LEASE), now.plus(LEASE)));
    }

    private static PresenceState most(Map<String, Lease> devices, Instant now) {
        return PresenceState.of(
                devices.values().stream().map(lease -> lease.at(now)).toList());
    }

    /** Those who share a small conversation with somebody, the ones they had to do with last first. */
    private Set<String> acquaintances(String userId) {
        Set<String> people = new LinkedHashSet<>();
        shelf.all(userId).stream()
                .map(Conversations.Held::conversation)
                .filter(conversation -> conversation.kind() != ConversationKind.MEETING && conversation.isSmall())
                .limit(CONVERSATIONS)
                .forEach(conversation -> {
                    if (people.size() < PEOPLE) {
                        conversations
                                .roster(conversation.id())
                                .ifPresent(
                                        roster -> people.addAll(roster.members().keySet()));
                    }
                });
        people.remove(userId);
        return new LinkedHashSet<>(people.stream().limit(PEOPLE).toList());
    }

    private List<MessagingFrame.State> states(Set<String> people) {
        List<MessagingFrame.State> states = Collections.synchronizedList(new ArrayList<>());
        Semaphore atOnce = new Semaphore(AT_ONCE);
        try (ExecutorService lookers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String userId : people) {
                lookers.execute(() -> {
                    atOnce.acquireUninterruptibly();
                    try {
                        PresenceState state = now(userId);
                        if (state != PresenceState.OFFLINE) {
                            states.add(new MessagingFrame.State(userId, state.wire()));
                        }
                    } catch (ApiException e) {
                        // Not known now: who is not listed is not there as far as anybody knows.
                        return;
                    } finally {
                        atOnce.release();
                    }
                });
            }
        }
        return List.copyOf(states);
    }

    private PresenceState now(String userId) {
        Instant now = clock.instant();
        Map<String, Lease> devices = new HashMap<>(leases.ofUser(userId));
        devices.remove(TOLD);
        ask(userId, devices, now);
        return most(devices, now);
    }

    /** Asks somebody's devices whether they are still there, if they were silent for as long as nobody minded. */
    private void ask(String userId, Map<String, Lease> devices, Instant now) {
        Instant answerBy = now.plus(ANSWER);
        boolean asks = false;
        for (Map.Entry<String, Lease> device : devices.entrySet()) {
            Lease lease = device.getValue();
            boolean silent = lease.until().isBefore(now.plus(LEASE).minusSeconds(LOOKED_AT_SECONDS));
            if (silent && lease.answers() && lease.awayAt().isAfter(answerBy)) {
                asks |= leases.replace(userId, device.getKey(), lease, lease.asked(answerBy));
            }
        }
        if (asks) {
            told.people(
                    List.of(userId), Optional.empty(), new MessagingFrame.Presence(null, List.of(), LOOKED_AT_SECONDS));
        }
    }
}
