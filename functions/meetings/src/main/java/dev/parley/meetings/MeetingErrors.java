package dev.parley.meetings;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import java.util.Map;

/** How requests about meetings fail. */
public enum MeetingErrors implements ErrorCode {
    TITLE(400, "meeting.title", "title must have 1 to 200 characters."),
    DESCRIPTION(400, "meeting.description", "description must have at most 2000 characters."),
    START_TIME(400, "meeting.start_time", "start_time must be an RFC 3339 time."),
    END_TIME(400, "meeting.end_time", "end_time must be an RFC 3339 time after the start."),
    RECURRENCE(400, "meeting.recurrence", "recurrence must be a rule that is supported, with a time zone."),
    MAX_PARTICIPANTS(
            400,
            "meeting.max_participants",
            "max_participants must be 1 or more, and not more than this installation allows."),
    TYPE(400, "meeting.type", "meeting_type must be video or audio."),
    PASSWORD_FORM(400, "meeting.password_form", "password must have 1 to 128 characters."),
    STATUS(400, "meeting.status", "status must be scheduled, active, ended or cancelled."),
    PAGE(400, "meeting.page", "page must be 1 to 100000 and page_size 1 to 100."),
    KEYWORD(400, "meeting.keyword", "keyword must have at most 100 characters."),
    DISPLAY_NAME(400, "participant.display_name", "display_name must have 1 to 50 printable characters."),
    ROLE(400, "participant.role", "role must be host, co-host, presenter, participant or viewer."),
    EMAILS(400, "invitation.emails", "emails must be 1 to 50 e-mail addresses."),
    LOCALE(400, "invitation.locale", "locale must be en or zh."),
    POLL_QUESTION(400, "poll.question", "question must have 1 to 300 characters in one line."),
    POLL_OPTIONS(400, "poll.options", "options must be 2 to 10 different lines of 1 to 200 characters."),
    POLL_CHOICES(400, "poll.choices", "choices must name options by their position, one or, where allowed, several."),
    BREAKOUT_ROOMS(400, "breakout.rooms", "rooms must be 1 to 50 rooms."),
    BREAKOUT_NAME(400, "breakout.name", "name must have 1 to 40 characters in one line."),
    BREAKOUT_ASSIGNMENTS(400, "breakout.assignments", "assignments must say of at least one person where they belong."),
    BREAKOUT_TWICE(400, "breakout.twice", "Each person can be in one room."),
    ANNOUNCEMENT(400, "breakout.announcement", "text must have 1 to 500 characters in one line."),
    NOT_FOUND(404, "meeting.not_found", "There is no such meeting."),
    PERSON_NOT_FOUND(404, "participant.not_found", "There is no such person in this meeting."),
    POLL_NOT_FOUND(404, "poll.not_found", "There is no such poll in this meeting."),
    BREAKOUT_NOT_FOUND(404, "breakout.not_found", "There is no such breakout room in this meeting."),
    PASSWORD(401, "meeting.password", "This meeting's password is missing or wrong."),
    NOT_HOST(403, "meeting.not_host", "Only a host of this meeting may do that."),
    NOT_PARTICIPANT(403, "meeting.not_participant", "Only people in the meeting may do that."),
    ACCOUNT_NEEDED(403, "meeting.account_needed", "Guests cannot do that: sign in."),
    BANNED(403, "meeting.banned", "You were removed from this meeting."),
    DENIED(403, "meeting.denied", "The host did not let you in."),
    LOCKED(403, "meeting.locked", "The meeting is locked."),
    HOST_STAYS(403, "meeting.host_stays", "The host cannot be removed, only leave or end the meeting."),
    NOT_ONESELF(403, "participant.oneself", "Nobody can give themselves a higher role."),
    BREAKOUT_NOT_YOURS(403, "breakout.not_yours", "You belong to another room."),
    BREAKOUTS_OPEN(409, "breakout.open", "There are breakout rooms already: close them first."),
    BREAKOUTS_CLOSED(409, "breakout.closed", "There are no breakout rooms now."),
    LAST_HOST(409, "meeting.last_host", "Hand the meeting to somebody else first."),
    GUEST_ROLE(409, "participant.guest", "Only people with an account can be hosts and co-hosts."),
    TOO_MANY_INVITED(409, "invitation.too_many", "The meeting has as many invitations as one may have."),
    TOO_MANY_MEETINGS(
            409, "meeting.too_many", "You host as many meetings as one account may: end or cancel one first."),
    TOO_MANY_POLLS(409, "poll.too_many", "A meeting can have 50 polls."),
    POLL_CLOSED(409, "poll.closed", "The poll is closed."),
    NO_TIME(409, "meeting.no_time", "The meeting has no planned time."),
    FULL(409, "meeting.full", "The meeting is full."),
    NOT_STARTED(409, "meeting.not_started", "The meeting has not started yet."),
    STILL_ACTIVE(409, "meeting.active", "The meeting is going on: end it first."),
    NOT_WAITING(409, "participant.not_waiting", "This person is not waiting in the lobby."),
    NOT_JOINED(409, "participant.not_joined", "This person is not in the meeting now."),
    CHANGED(409, "meeting.changed", "The meeting was changed at the same time: try again."),
    ENDED(410, "meeting.ended", "The meeting has ended."),
    CANCELLED(410, "meeting.cancelled", "The meeting was cancelled.");

    private final int status;
    private final String code;
    private final String message;

    MeetingErrors(int status, String code, String message) {
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
