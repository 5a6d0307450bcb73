package dev.parley.contracts.messaging;

/** How much of everything there may be. */
public final class MessagingLimits {
    /** Longest text, characters of UTF-16. */
    public static final int TEXT_CHARS = 4000;
    /** Longest {@code client_msg_id}, characters. */
    public static final int CLIENT_MSG_ID_CHARS = 64;
    /** Longest title, characters. */
    public static final int TITLE_CHARS = 100;
    /** Attachments of one message. */
    public static final int ATTACHMENTS = 10;
    /** People mentioned in one message. */
    public static final int MENTIONS = 50;
    /** Different emojis on one message. */
    public static final int EMOJIS = 8;
    /** People listed under an emoji; more are counted. */
    public static final int LISTED_REACTIONS = 50;
    /** People who may react to one message with one emoji. */
    public static final int REACTIONS = 1000;
    /** Members of a group. */
    public static final int MEMBERS = 500;
    /** Members added by one request. */
    public static final int ADDED_AT_ONCE = 90;
    /** Up to so many, people see each other typing, reading and coming. */
    public static final int SMALL = 50;
    /** Unread messages are counted up to here. */
    public static final int COUNTED = 1000;
    /** Conversations that one {@code resume} names. */
    public static final int STREAMS = 50;
    /** Changes that one {@code resume} or {@code sync} brings. */
    public static final int CHANGES = 100;

    private MessagingLimits() {}
}
