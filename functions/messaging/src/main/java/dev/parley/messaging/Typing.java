package dev.parley.messaging;

import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.kernel.Rate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says that somebody types, to at most fifty others, and keeps nothing of it. More often than every two seconds it says nothing. */
public final class Typing {
    private static final Rate WORDS = new Rate(2, Duration.ofSeconds(2));

    private final Entrance entrance;
    private final Audience audience;
    private final Told told;
    private final Throttle throttle;

    Typing(Entrance entrance, Audience audience, Told told, Throttle throttle) {
        this.entrance = Objects.requireNonNull(entrance);
        this.audience = Objects.requireNonNull(audience);
        this.told = Objects.requireNonNull(told);
        this.throttle = Objects.requireNonNull(throttle);
    }

    public void note(Caller caller, String conversationId, boolean on) {
        Entrance.Entry entry = entrance.enter(caller, conversationId);
        entry.requireWriting();
        if (!throttle.fits("typing#" + conversationId + "#" + caller.userId(), WORDS)) {
            return;
        }
        MessagingFrame frame = new MessagingFrame.Typing(conversationId, caller.userId(), entry.name(caller), on);
        if (!entry.isMeeting()) {
            if (entry.conversation().isSmall()) {
                Set<String> others = new HashSet<>(entry.members().keySet());
                others.remove(caller.userId());
                told.people(others, Optional.empty(), frame);
            }
            return;
        }
        List<Rooms.Listener> listeners = audience.listeners(entry);
        if (listeners.size() <= MessagingLimits.SMALL) {
            told.sockets(
                    listeners.stream()
                            .filter(one -> !one.userId().equals(caller.userId()))
                            .map(Rooms.Listener::connectionId)
                            .toList(),
                    frame);
        }
    }
}
