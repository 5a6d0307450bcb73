package dev.parley.messaging;

import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Rate;
import java.time.Duration;
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
 * Who is there. Each device holds a lease of {@link #LEASE}, which it renews by saying again how it is; a person is what the device is
 * that is there most. Only those hear of it who share a conversation of at most fifty people that is no meeting's, two hundred people at
 * most, and of one person at most once in {@link #COALESCED}: what changed in between is told with the next renewal.
 */
public final class Presence {
    static final Duration LEASE = Duration.ofMinutes(11);
    static final Duration COALESCED = Duration.ofSeconds(5);

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

    Presence(Conversations conversations, Shelf shelf, Leases leases, Told told, Throttle throttle) {
        this.conversations = Objects.requireNonNull(conversations);
        this.shelf = Objects.requireNonNull(shelf);
        this.leases = Objects.requireNonNull(leases);
        this.told = Objects.requireNonNull(told);
        this.throttle = Objects.requireNonNull(throttle);
    }

    /**
     * Notes how a device is.
     *
     * @param watch whether to answer how the others are
     * @return the others who are there, empty when nobody asked
     */
    public List<MessagingFrame.State> note(Caller caller, String device, PresenceState state, boolean watch) {
        if (state == PresenceState.OFFLINE) {
            leases.remove(caller.userId(), device);
        } else {
            leases.put(caller.userId(), device, state, LEASE);
        }
        Map<String, PresenceState> devices = new HashMap<>(leases.ofUser(caller.userId()));
        PresenceState toldLast = Optional.ofNullable(devices.remove(TOLD)).orElse(PresenceState.OFFLINE);
        PresenceState now = PresenceState.of(devices.values());
        boolean tells = now != toldLast && throttle.fits("presence#" + caller.userId(), TELLINGS);
        if (now == toldLast && now != PresenceState.OFFLINE) {
            leases.put(caller.userId(), TOLD, now, LEASE);
        }
        Set<String> others = tells || watch ? acquaintances(caller) : Set.of();
        if (tells) {
            leases.put(caller.userId(), TOLD, now, LEASE);
            told.people(
                    others,
                    Optional.empty(),
                    new MessagingFrame.Presence(null, List.of(new MessagingFrame.State(caller.userId(), now.wire()))));
        }
        return watch ? states(others) : List.of();
    }

    /** Those who share a small conversation with somebody, the ones they had to do with last first. */
    private Set<String> acquaintances(Caller caller) {
        Set<String> people = new LinkedHashSet<>();
        shelf.all(caller.userId()).stream()
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
        people.remove(caller.userId());
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
        Map<String, PresenceState> devices = new HashMap<>(leases.ofUser(userId));
        devices.remove(TOLD);
        return PresenceState.of(devices.values());
    }
}
