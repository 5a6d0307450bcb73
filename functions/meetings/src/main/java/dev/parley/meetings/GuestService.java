package dev.parley.meetings;

import dev.parley.contracts.meetings.GuestPass;
import dev.parley.contracts.meetings.GuestRequest;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.IssuedToken;
import dev.parley.kernel.tokens.TokenIssuer;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives people without an account a token for one meeting alone. The guest key, kept by the browser, makes them the same guest
 * again: the same participant after a reload, and still the one who was removed after a kick.
 */
public final class GuestService {
    /** Per address, behind which there may be a whole office. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final MeetingRepository meetings;
    private final LiveMeetings live;
    private final PasswordDoor door;
    private final TokenIssuer<AccessClaims> tokens;
    private final RateLimiter limiter;
    private final Ids ids;

    public GuestService(
            MeetingRepository meetings,
            LiveMeetings live,
            PasswordDoor door,
            TokenIssuer<AccessClaims> tokens,
            RateLimiter limiter,
            Ids ids) {
        this.meetings = Objects.requireNonNull(meetings);
        this.live = Objects.requireNonNull(live);
        this.door = Objects.requireNonNull(door);
        this.tokens = Objects.requireNonNull(tokens);
        this.limiter = Objects.requireNonNull(limiter);
        this.ids = Objects.requireNonNull(ids);
    }

    /** @param sourceIp the asker's address, for the limits */
    public GuestPass enter(String meetingId, GuestRequest request, String sourceIp) {
        String name = MeetingRules.displayName(request.displayName());
        if (!Ids.isMeeting(meetingId)) {
            throw MeetingErrors.NOT_FOUND.exception();
        }
        limiter.check("guests#" + sourceIp, Limit.ADDRESS_GUESTS);
        String key =
                request.guestKey() != null && KEY.matcher(request.guestKey()).matches()
                        ? request.guestKey()
                        : ids.secret();
        String guestId = ParticipantIds.guest(meetingId, key);
        Optional<LiveMeeting> room = live.find(meetingId);
        boolean atAnotherTime =
                room.filter(one -> !one.active() && one.repeats()).isPresent();
        if (room.isPresent() && !atAnotherTime) {
            checkLive(room.get(), guestId, key, request.password(), sourceIp);
        } else {
            Meeting meeting = meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
            MeetingService.refuseIfOver(meeting);
            door.checkAddress(meetingId, sourceIp, meeting.passwordHash(), request.password());
        }
        IssuedToken token = tokens.issue(Audience.API, AccessClaims.guest(guestId, name, meetingId, key));
        return new GuestPass(token.token(), guestId, key, token.expiresAt());
    }

    private void checkLive(LiveMeeting room, String guestId, String key, String password, String sourceIp) {
        if (!room.active()) {
            throw MeetingErrors.ENDED.exception();
        }
        if (room.denies(guestId, Optional.of(key))) {
            throw MeetingErrors.BANNED.exception();
        }
        // Who was in before showed the password then: a token that ran out is renewed by the key alone.
        boolean wasIn = live.participant(room.meetingId(), ParticipantIds.of(room.meetingId(), guestId))
                .filter(person -> person.csrc() > 0)
                .isPresent();
        if (!wasIn) {
            door.checkAddress(room.meetingId(), sourceIp, room.passwordHash(), password);
        }
    }
}
