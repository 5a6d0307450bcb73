package dev.parley.notifications;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How people are told. */
public enum Channel {
    /** In the list, and on open sockets. */
    IN_APP(Duration.ZERO),
    /** In one mail, of what is still unread after a while. */
    MAIL(Duration.ofMinutes(10)),
    /** In every browser that subscribed, at once. */
    PUSH(Duration.ZERO),
    /** By text message, of what is still unread after a moment. */
    SMS(Duration.ofMinutes(2));

    private final Duration patience;

    Channel(Duration patience) {
        this.patience = patience;
    }

    /** How long somebody has to see it by themselves. */
    Duration patience() {
        return patience;
    }

    /** Whether it makes a noise where somebody may be asleep. */
    boolean wakes() {
        return this == PUSH || this == SMS;
    }

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The channel of a word, if it is one. */
    public static Optional<Channel> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }
}
