package dev.parley.contracts.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.contracts.media.Source;

/**
 * {@code POST /v1/rooms/{room}/acts}: a host's act, or somebody's own {@link Kind#LEAVE}, applied before the reply.
 *
 * @param user user or guest id the act is about, absent when it is about everybody
 * @param guestKey a kicked guest's key, added to the deny set beside the user id
 * @param source for {@link Kind#MUTE} and {@link Kind#UNMUTE_REQUEST}
 * @param admission the room's admission number after a kick
 * @param by participant id of who acted
 */
public record RoomAct(Kind act, String user, String guestKey, Source source, long admission, String by) {
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
        @JsonProperty("role")
        ROLE,
        /** {@code user} gave up the seat: their sessions end, and they may come back. */
        @JsonProperty("leave")
        LEAVE,
        @JsonProperty("end")
        END
    }
}
