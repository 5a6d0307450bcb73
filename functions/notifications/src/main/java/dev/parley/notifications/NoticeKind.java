package dev.parley.notifications;

import java.util.Locale;

/** What notifications are about; people decide by kind how they are told. */
public enum NoticeKind {
    /** Somebody wrote to one. */
    MESSAGE,
    /** Somebody named one in a group. */
    MENTION,
    /** One is invited to a meeting, or the meeting is another now, or is none. */
    INVITATION,
    /** A meeting that one is invited to began. */
    MEETING,
    /** A file came. */
    FILE,
    /** Something about the account itself. */
    ACCOUNT;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is no kind */
    public static NoticeKind of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
