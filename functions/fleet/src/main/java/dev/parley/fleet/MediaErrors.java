package dev.parley.fleet;

import dev.parley.kernel.ErrorCode;

/** How a media exchange fails before a node is asked. */
public enum MediaErrors implements ErrorCode {
    TOKEN(401, "media.token", "The media token is missing, expired or not yours for this room: join again."),
    NOT_ADMITTED(403, "media.not_admitted", "You are not admitted to this meeting's media."),
    NO_SESSION(409, "media.session", "There is no such media session: make a new exchange."),
    MOVED(409, "media.moved", "The room is elsewhere now: make a new exchange."),
    ENDED(410, "meeting.ended", "The meeting has ended."),
    SDP(422, "sdp.unusable", "sdp must be an offer of at most 200000 characters."),
    FULL(503, RoomNodes.FULL, "All media nodes are full: try again shortly.");

    private final int status;
    private final String code;
    private final String message;

    MediaErrors(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String message() {
        return message;
    }
}
