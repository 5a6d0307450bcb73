package dev.parley.messaging;

import java.util.Locale;

/** What kind of conversation it is. */
public enum ConversationKind {
    /** Of two people: for each two there is one. */
    DIRECT,
    /** Of those whom its owners took in. */
    GROUP,
    /** Of those in a meeting: its chat. */
    MEETING;

    /** The word stored and sent: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is no kind */
    public static ConversationKind of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
