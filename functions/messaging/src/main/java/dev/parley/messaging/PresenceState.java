package dev.parley.messaging;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** How somebody is, the least there first: of several devices the one that is there most counts. */
public enum PresenceState {
    OFFLINE,
    AWAY,
    BUSY,
    ONLINE;

    /** The word stored and sent: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PresenceState> find(String wire) {
        for (PresenceState state : values()) {
            if (state.wire().equals(wire)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** How somebody is whose devices are so. */
    static PresenceState of(Collection<PresenceState> devices) {
        return devices.stream().max(PresenceState::compareTo).orElse(OFFLINE);
    }
}
