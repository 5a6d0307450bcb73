package dev.parley.messaging;

import java.util.Locale;

/** What can happen in a conversation. */
public enum ChangeKind {
    CREATED("conversation"),
    RENAMED("conversation"),
    SENT("message"),
    EDITED("message"),
    RECALLED("message"),
    REACTED("message"),
    JOINED("member"),
    LEFT("member"),
    ROLE("member");

    private final String about;

    ChangeKind(String about) {
        this.about = about;
    }

    /** The word sent: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of the event that stands for it: {@code message.sent}. */
    public String eventType() {
        return about + "." + wire();
    }

    /** @throws IllegalArgumentException for a type that is none of these */
    public static ChangeKind ofEventType(String type) {
        return valueOf(type.substring(type.indexOf('.') + 1).toUpperCase(Locale.ROOT));
    }
}
