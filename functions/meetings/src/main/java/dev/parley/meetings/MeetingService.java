package dev.parley.meetings;

import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Limits;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/** Planning meetings: create, read, list, change, cancel, start. */
public final class MeetingService {
    private static final int MAX_PAGE = 100_000;
    private static final int MAX_PAGE_SIZE = 100;
    private static final int MAX_KEYWORD = 100;
    private static final int CODES = 5;

    private final MeetingRepository meetings;
    private final LiveMeetings live;
    private final MeetingRules rules;
    private final Limits limits;
    private final Ids ids;
    private final InstantSource clock;

    public MeetingService(
            MeetingRepository meetings,
            LiveMeetings live,
            PasswordHasher passwords,
            Limits limits,
            Ids ids,
            InstantSource clock) {
        this.meetings = Objects.requireNonNull(meetings);
        this.live = Objects.requireNonNull(live);
        this.rules = new MeetingRules(passwords, limits);
        this.limits = limits;
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Plans a meeting, the caller its host. One without a start time is to be started at once. */
    public Meeting create(Principal caller, MeetingDraft draft) {
        if (caller.isGuest()) {
            throw MeetingErrors.ACCOUNT_NEEDED.exception();
        }
        if (meetings.hosted(caller.userId()) >= limits.of(Limit.ACCOUNT_MEETINGS)) {
            throw MeetingErrors.TOO_MANY_MEETINGS.exception();
        }
        for (int attempt = 0; attempt < CODES; attempt++) {
            Meeting meeting = rules.create(ids.meeting(), caller, draft, clock.instant());
            if (meetings.insert(meeting)) {
                return meeting;
            }
        }
        throw new IllegalStateException("Five random meeting codes in a row were taken");
    }

    /** The meeting, for anybody who may address it; see {@link #isInvolved} for how much of it they may read. */
    public Meeting read(Principal caller, String meetingId) {
        return known(caller, meetingId);
    }

    /** Whether the caller hosts the meeting, is or was in it, or looks after meetings. */
    public boolean isInvolved(Principal caller, Meeting meeting) {
        if (hosts(caller, meeting.hostId()) || looksAfterMeetings(caller)) {
            return true;
        }
        String participantId = ParticipantIds.of(meeting.id(), caller.userId());
        boolean wasIn = live.participant(meeting.id(), participantId)
                .filter(person -> person.csrc() > 0 && person.state() != ParticipantState.KICKED)
                .isPresent();
        return wasIn
                || ((meeting.status() == MeetingStatus.ENDED || meeting.series().isPresent())
                        && meetings.people(meeting.id()).stream()
                                .anyMatch(person -> person.userId().equals(caller.userId())));
    }

    /** The caller's meetings. {@code page} counts from 1; absent values are the first page of 20. */
    public Envelope.Page<Meeting> list(
            Principal caller,
            Optional<String> status,
            Optional<String> keyword,
            Optional<String> page,
            Optional<String> pageSize) {
        if (caller.isGuest()) {
            throw MeetingErrors.ACCOUNT_NEEDED.exception();
        }
        Optional<MeetingStatus> wanted = status.filter(text -> !text.isBlank())
                .map(text -> MeetingStatus.of(text).orElseThrow(() -> MeetingErrors.STATUS.about("status")));
        Optional<String> word = keyword.map(String::strip).filter(text -> !text.isEmpty());
        if (word.filter(text -> text.length() > MAX_KEYWORD || !MeetingRules.isStorable(text))
                .isPresent()) {
            throw MeetingErrors.KEYWORD.about("keyword");
        }
        return meetings.page(new MeetingQuery(
                caller.userId(),
                wanted,
                word,
                number(page, "page", 1, MAX_PAGE),
                number(pageSize, "page_size", 20, MAX_PAGE_SIZE)));
    }

    /** Changes the plan, and the live meeting with it. */
    public Meeting update(Principal caller, String meetingId, MeetingDraft draft) {
        Meeting before = ofHost(caller, meetingId);
        refuseIfOver(before);
        Meeting changed = rules.change(before, draft, clock.instant());
        if (!meetings.update(changed)) {
            throw MeetingErrors.CHANGED.exception();
        }
        if (changed.status() == MeetingStatus.ACTIVE) {
            LiveActs.change(live, meetingId, room -> room.following(changed));
        }
        return changed;
    }

    /** Cancels a meeting that has not started; cancelling it again changes nothing. */
    public Meeting cancel(Principal caller, String meetingId) {
        Meeting before = ofHost(caller, meetingId);
        switch (before.status()) {
            case CANCELLED -> {
                return before;
            }
            case ACTIVE -> throw MeetingErrors.STILL_ACTIVE.exception();
            case ENDED -> throw MeetingErrors.ENDED.exception();
            case SCHEDULED -> {
                // Falls to the change below.
            }
        }
        Meeting cancelled = before.cancelled(clock.instant());
        if (!meetings.update(cancelled)) {
            throw MeetingErrors.CHANGED.exception();
        }
        return cancelled;
    }

    /** Starts the meeting; starting one that is going on changes nothing. */
    public Meeting start(Principal caller, String meetingId) {
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Instant now = clock.instant();
            Meeting plan = ofHost(caller, meetingId).upToDate(now);
            refuseIfOver(plan);
            Meeting started = plan.status() == MeetingStatus.SCHEDULED ? plan.started(now) : plan;
            if (started == plan || meetings.update(started)) {
                open(LiveMeeting.of(started, now));
                return started;
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    /** The time of a series before this one may not be forgotten yet. */
    private void open(LiveMeeting meeting) {
        if (live.open(meeting)) {
            return;
        }
        Optional<LiveMeeting> over = live.find(meeting.meetingId())
                .filter(present -> !present.active() && present.occurrence() < meeting.occurrence());
        if (over.isPresent()) {
            live.clear(over.get());
            live.open(meeting);
        }
    }

    private Meeting ofHost(Principal caller, String meetingId) {
        Meeting meeting = known(caller, meetingId);
        if (!hosts(caller, meeting.hostId())) {
            throw MeetingErrors.NOT_HOST.exception();
        }
        return meeting;
    }

    private Meeting known(Principal caller, String meetingId) {
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId)) {
            throw MeetingErrors.NOT_FOUND.exception();
        }
        return meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
    }

    static void refuseIfOver(Meeting meeting) {
        if (meeting.status() == MeetingStatus.ENDED) {
            throw MeetingErrors.ENDED.exception();
        }
        if (meeting.status() == MeetingStatus.CANCELLED) {
            throw MeetingErrors.CANCELLED.exception();
        }
    }

    static boolean hosts(Principal caller, String hostId) {
        return !caller.isGuest() && caller.userId().equals(hostId);
    }

    static boolean looksAfterMeetings(Principal caller) {
        return caller.role() == Role.MODERATOR || caller.role() == Role.ADMIN;
    }

    private static int number(Optional<String> text, String field, int fallback, int max) {
        if (text.filter(value -> !value.isBlank()).isEmpty()) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= 1 && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw MeetingErrors.PAGE.about(field);
        }
        throw MeetingErrors.PAGE.about(field);
    }
}
