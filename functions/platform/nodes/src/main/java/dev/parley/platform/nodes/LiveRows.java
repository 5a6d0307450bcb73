package dev.parley.platform.nodes;

/**
 * The LiveMeetings table, one partition per meeting: item {@link #LIVE} is the meeting, {@link #PARTICIPANT}{@code <id>} a person,
 * {@link #CSRC} the counter of participants' numbers, {@link #BREAKOUTS} the breakout rooms. Under {@link #UNSETTLED} there is an item for every meeting that goes on. The meetings function writes it; signaling and fleet read it through
 * {@link Doors}; a media node frees seats in it through {@link Seats}. The names stand here once for all.
 */
public final class LiveRows {
    /** Partition key. */
    public static final String MEETING_ID = "meeting_id";
    /** Sort key. */
    public static final String ITEM = "item";

    public static final String LIVE = "LIVE";
    public static final String CSRC = "CSRC";

    /** In place of a meeting's id: the meetings that go on, or whose end is not finished. */
    public static final String UNSETTLED = "#UNSETTLED";

    public static final String PARTICIPANT = "P#";

    /** The meeting's breakout rooms, once it has had any. */
    public static final String BREAKOUTS = "BREAKOUTS";

    /** Attributes of {@link #BREAKOUTS}: lists in the same order, and maps from user to room. */
    public static final String BREAKOUT_IDS = "breakout_ids";

    public static final String BREAKOUT_NAMES = "breakout_names";
    public static final String CHOOSE = "choose";
    public static final String CLOSES_AT = "closes_at";
    public static final String ASSIGNED = "assigned";
    public static final String VISITS = "visits";

    /** Attributes of {@link #LIVE}. */
    public static final String STATUS = "status";

    public static final String HOST_ID = "host_id";
    public static final String TITLE = "title";
    public static final String LOCKED = "locked";
    public static final String SETTINGS = "settings";
    public static final String ADMISSION = "admission";
    public static final String DENIED_USERS = "denied_users";
    public static final String DENIED_KEYS = "denied_keys";

    /** How many seats are taken. */
    public static final String SEATS_TAKEN = "joined";

    /** Values of {@link #STATUS}. */
    public static final String ACTIVE = "active";

    public static final String ENDED = "ended";

    /** Attributes of a participant. */
    public static final String PARTICIPANT_ID = "participant_id";

    public static final String USER_ID = "user_id";
    public static final String DISPLAY_NAME = "display_name";
    public static final String ROLE = "role";
    public static final String STATE = "state";

    /** Rises with every change of the person, and each time they come back to a seat they still hold; and with every change of {@link #BREAKOUTS}. */
    public static final String REVISION = "revision";

    /** When the person gave up the seat, epoch milliseconds. */
    public static final String CSRC_NUMBER = "csrc";

    public static final String JOINED_AT = "joined_at";
    public static final String STARTED_AT = "started_at";
    /** Which time of a series it is; 0, or absent, of a meeting that takes place once. */
    public static final String OCCURRENCE = "occurrence";

    public static final String LEFT_AT = "left_at";

    /** The {@link #STATE} of somebody who holds a seat. */
    public static final String JOINED = "joined";

    /** The {@link #STATE} of somebody who held one and may come back. */
    public static final String LEFT = "left";

    private LiveRows() {}
}
