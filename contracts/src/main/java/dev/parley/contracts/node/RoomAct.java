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
 */
public record RoomAct(
        Kind act,
        String user,
        String guestKey,
        Source source,
        long admission,
        String by,
        String role,
        List<Source> publish) {
    public RoomAct {
        publish = publish == null ? null : List.copyOf(publish);
    }

    /** An act that gives nobody a role. */
    public RoomAct(Kind act, String user, String guestKey, Source source, long admission, String by) {
        this(act, user, guestKey, source, admission, by, null, null);
    }

    /** {@code user} is of another role from now on. */
    public static RoomAct role(String user, String role, List<Source> publish, long admission, String by) {
        return new RoomAct(Kind.ROLE, user, null, null, admission, by, role, publish);
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
        END
    }
}
