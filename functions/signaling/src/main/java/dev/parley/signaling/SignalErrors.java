package dev.parley.signaling;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import java.util.Map;

/** How commands on the socket fail. The status is what REST would answer; on the socket only code and sentence are sent. */
public enum SignalErrors implements ErrorCode {
    UNREADABLE(400, "signal.unreadable", "A frame must be one JSON object with a type."),
    TYPE(400, "signal.type", "There is no such type of frame."),
    FIELD(400, "signal.field", "A field is missing or wrong."),
    TOO_LARGE(413, "signal.too_large", "The frame is too large for the socket: use REST."),
    USE_REST(400, "signal.use_rest", "The media node is reached by POST /api/v1/meetings/{id}/media."),
    USER(403, "signal.user", "user_id is not yours."),
    ROOM(403, "signal.room", "This socket is not for that room."),
    NOT_JOINED(403, "signal.not_joined", "Join the room first."),
    NOT_PARTICIPANT(403, "signal.not_participant", "Join the meeting first."),
    TARGET(404, "signal.target", "The target is not in this room."),
    ROLE(403, "signal.role", "Your role in this meeting does not let you do that."),
    BANNED(403, "meeting.banned", "You were removed from this meeting."),
    NOT_ACTIVE(410, "meeting.ended", "The meeting is not going on.");

    private final int status;
    private final String code;
    private final String message;

    SignalErrors(int status, String code, String message) {
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

    /** This failure, about one field, named as it is on the wire. */
    ApiException about(String field) {
        return exception(message, Map.of("field", field));
    }
}
