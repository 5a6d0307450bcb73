package dev.parley.contracts.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.contracts.media.Source;
import java.util.List;

/**
 * {@code POST /v1/rooms/{room}/acts}: a host's act, or somebody's own {@link Kind#LEAVE}, applied before the reply.
 *
 * @param user user or guest id the act is about, absent when it is about everybody
 * @param guestKey a kicked guest's key, added to the deny set beside the user id
 * @param source for {@link Kind#MUTE} and {@link Kind#UNMUTE_REQUEST}
 * @param admission the room's admission number after a kick or a change of role
 * @param by participant id of who acted
 * @param role for {@link Kind#ROLE}: what {@code user} is from now on
 * @param publish for {@link Kind#ROLE}: the sources that {@code user} may send from now on, else absent
 * @param breakouts for {@link Kind#BREAKOUTS}: the breakout rooms from now on, else absent
 * @param text for {@link Kind#ANNOUNCE}: what everybody is to read; for {@link Kind#GATHER} and {@link Kind#SCATTER}: who needs it, in one
 *     word; else absent
 */
public record RoomAct(
        Kind act,
        String user,
        String guestKey,
        Source source,
        long admission,
        String by,
        String role,
        List<Source> publish,
        Breakouts breakouts,
        String text) {
    public RoomAct {
        publish = publish == null ? null : List.copyOf(publish);
    }

    /** An act that gives nobody a role. */
    public RoomAct(Kind act, String user, String guestKey, Source source, long admission, String by) {
        this(act, user, guestKey, source, admission, by, null, null, null, null);
    }

    /** The breakout rooms are these from now on, and everybody is where this says. */
    public static RoomAct breakouts(Breakouts breakouts, String by) {
        return new RoomAct(Kind.BREAKOUTS, null, null, null, 0, by, null, null, breakouts, null);
    }

    /** Everybody reads this, whatever breakout room they are in. */
    public static RoomAct announce(String text, String by) {
        return new RoomAct(Kind.ANNOUNCE, null, null, null, 0, by, null, null, null, text);
    }

    /** What everybody sends is needed here from now on. @param why who needs it, {@code recording} or {@code ai} */
    public static RoomAct gather(String why) {
        return new RoomAct(Kind.GATHER, null, null, null, 0, null, null, null, null, why);
    }

    /** Whoever needed it needs it no more. @param why as in {@link #gather} */
    public static RoomAct scatter(String why) {
        return new RoomAct(Kind.SCATTER, null, null, null, 0, null, null, null, null, why);
    }

    /** {@code user} is of another role from now on. */
    public static RoomAct role(String user, String role, List<Source> publish, long admission, String by) {
        return new RoomAct(Kind.ROLE, user, null, null, admission, by, role, publish, null, null);
    }

    /** What is done. */
    public enum Kind {
        @JsonProperty("kick")
        KICK,
        @JsonProperty("mute")
        MUTE,
        @JsonProperty("mute-all")
        MUTE_ALL,
        @JsonProperty("unmute-request")
        UNMUTE_REQUEST,
        /** {@code user} has another role: at once, without a new exchange. */
        @JsonProperty("role")
        ROLE,
        /** {@code user} gave up the seat: their sessions end, and they may come back. */
        @JsonProperty("leave")
        LEAVE,
        @JsonProperty("end")
        END,
        /** People are split into breakout rooms, moved between them, or brought back: at once, without a new exchange. */
        @JsonProperty("breakouts")
        BREAKOUTS,
        /** Everybody is told something. */
        @JsonProperty("announce")
        ANNOUNCE,
        /** What everybody sends is needed at the node: two people who send it to each other alone send it here from now on. */
        @JsonProperty("gather")
        GATHER,
        /** One of those who needed it needs it no more. */
        @JsonProperty("scatter")
        SCATTER
    }
}
