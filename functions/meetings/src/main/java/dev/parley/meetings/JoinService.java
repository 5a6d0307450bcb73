package dev.parley.meetings;

import dev.parley.contracts.meetings.JoinRequest;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.meetings.Waiting;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets people into live meetings, and out again. Reads the live state alone, so that joining never waits for a database that
 * sleeps; only a meeting that is not live is looked up in its plan.
 *
 * <p>The order of questions: is it going on; was this person removed; are they in already; then, for those who never were in: is
 * it locked, is the password right, does the lobby hold them; and last, is there a seat. Lock, password and lobby keep new people
 * out, not those who come back.
 */
public final class JoinService {
    private static final int MAX_KEY = 64;

    private final MeetingRepository meetings;
    private final LiveMeetings live;
    private final MeetingService planning;
    private final PasswordDoor door;
    private final JoinPass pass;
    private final RoomMedia media;
    private final InvitationKeys keys;
    private final MeetingNews news;
    private final InstantSource clock;

    public JoinService(
            MeetingRepository meetings,
            LiveMeetings live,
            MeetingService planning,
            PasswordDoor door,
            JoinPass pass,
            RoomMedia media,
            InvitationKeys keys,
            MeetingNews news,
            InstantSource clock) {
        this.meetings = Objects.requireNonNull(meetings);
        this.live = Objects.requireNonNull(live);
        this.planning = Objects.requireNonNull(planning);
        this.door = Objects.requireNonNull(door);
        this.pass = Objects.requireNonNull(pass);
        this.media = Objects.requireNonNull(media);
        this.keys = Objects.requireNonNull(keys);
        this.news = Objects.requireNonNull(news);
        this.clock = Objects.requireNonNull(clock);
    }

    /** @param origin the asking page's origin, to which the socket ticket is bound */
    public JoinOutcome join(Principal caller, String meetingId, JoinRequest request, Optional<String> origin) {
        String name = MeetingRules.displayName(
                request.displayName() == null ? shortened(caller.name()) : request.displayName());
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId)) {
            throw MeetingErrors.NOT_FOUND.exception();
        }
        Asker asker = new Asker(caller, name, request.password(), request.invitation());
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Optional<JoinOutcome> outcome = decide(asker, going(caller, meetingId), origin);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    /** Who asks, and what they have already got while asking: the password is checked once, a number is drawn once. */
    private static final class Asker {
        private final Principal caller;
        private final String name;
        private final String password;
        private final String invitation;
        private Boolean invited;
        private boolean passwordShown;
        private boolean returned;
        private int csrc;

        private Asker(Principal caller, String name, String password, String invitation) {
            this.caller = caller;
            this.name = name;
            this.password = password;
            this.invitation = invitation;
        }
    }

    /** One look at the meeting. Empty when somebody acted in between, so that it must be looked at anew. */
    private Optional<JoinOutcome> decide(Asker asker, LiveMeeting room, Optional<String> origin) {
        Principal caller = asker.caller;
        if (room.denies(caller.userId(), caller.guestKey())) {
            throw MeetingErrors.BANNED.exception();
        }
        Optional<Participant> before =
                live.participant(room.meetingId(), ParticipantIds.of(room.meetingId(), caller.userId()));
        MeetingRole role = role(caller, room, before);
        if (before.filter(Participant::seated).isPresent()) {
            return back(asker, room, before.get(), origin);
        }
        if (role != MeetingRole.HOST && isNewcomer(before)) {
            if (room.locked()) {
                throw MeetingErrors.LOCKED.exception();
            }
            checkPassword(asker, room, role, before);
            if (room.holds(role) && !isInvited(asker, room)) {
                return hold(room.meetingId(), before, asker, role);
            }
        }
        if (asker.csrc == 0) {
            asker.csrc = before.map(Participant::csrc)
                    .filter(csrc -> csrc > 0)
                    .orElseGet(() -> live.nextCsrc(room.meetingId()));
        }
        Participant seated = before.orElseGet(() -> stranger(room.meetingId(), asker, role))
                .seatedAs(asker.name, role, asker.csrc, clock.instant());
        return switch (live.seat(room, before, seated)) {
            case SEATED -> Optional.of(new JoinOutcome.Joined(pass.write(room, seated, caller, origin)));
            case FULL -> ownSeat(asker, room, origin);
            case CHANGED -> Optional.empty();
        };
    }

    /** No seat is left; but the last one may be the asker's own, of a write that was made though its answer was lost. */
    private Optional<JoinOutcome> ownSeat(Asker asker, LiveMeeting room, Optional<String> origin) {
        Participant now = live.participant(room.meetingId(), ParticipantIds.of(room.meetingId(), asker.caller.userId()))
                .filter(Participant::seated)
                .orElseThrow(MeetingErrors.FULL::exception);
        return back(asker, room, now, origin);
    }

    /**
     * Somebody comes back to the seat they hold, and says so in their row: a node that took them for gone leaves them the seat. When the row
     * has changed meanwhile, whoever changed it has said as much.
     */
    private Optional<JoinOutcome> back(Asker asker, LiveMeeting room, Participant person, Optional<String> origin) {
        if (!asker.returned) {
            asker.returned = true;
            if (!live.move(room.meetingId(), Optional.of(person), person.returned())) {
                return Optional.empty();
            }
        }
        return Optional.of(new JoinOutcome.Joined(pass.write(room, person, asker.caller, origin)));
    }

    /** Whether the asker brought an invitation's key and an account, where that is enough; a key is asked about once. */
    private boolean isInvited(Asker asker, LiveMeeting room) {
        String key = asker.invitation;
        if (key == null
                || asker.caller.isGuest()
                || Boolean.FALSE.equals(room.settings().invitedSkipLobby())) {
            return false;
        }
        if (asker.invited == null) {
            asker.invited = MAX_KEY >= key.length() && keys.redeem(room.meetingId(), key, asker.caller.userId());
        }
        return asker.invited;
    }

    /** Guests showed it for their token, and who waits in the lobby showed it on the way there. */
    private void checkPassword(Asker asker, LiveMeeting room, MeetingRole role, Optional<Participant> before) {
        if (role != MeetingRole.GUEST && before.isEmpty() && !asker.passwordShown) {
            door.checkAccount(room.meetingId(), asker.caller.userId(), room.passwordHash(), asker.password);
            asker.passwordShown = true;
        }
    }

    /**
     * Gives up the seat, or the place in the lobby, and then ends the person's media: whoever has no seat is not heard or seen. Leaving twice
     * changes nothing, and reaches a node that was not reached before.
     *
     * @throws dev.parley.kernel.ApiException 503 {@code fleet.unavailable} when the room's node does not answer; the seat is free all the same
     */
    public void leave(Principal caller, String meetingId) {
        if (!Ids.isMeeting(meetingId) || !caller.mayAddress(meetingId)) {
            throw MeetingErrors.NOT_FOUND.exception();
        }
        String participantId = ParticipantIds.of(meetingId, caller.userId());
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Optional<Participant> person = live.participant(meetingId, participantId);
            if (person.isEmpty()) {
                throw MeetingErrors.NOT_PARTICIPANT.exception();
            }
            boolean in = person.filter(one -> one.state() == ParticipantState.JOINED
                            || one.state() == ParticipantState.WAITING
                            || one.state() == ParticipantState.ADMITTED)
                    .isPresent();
            if (!in || live.move(meetingId, person, person.get().moved(ParticipantState.LEFT, clock.instant()))) {
                endMedia(meetingId, person.get());
                return;
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    /** Who never had a seat never had media. */
    private void endMedia(String meetingId, Participant person) {
        if (person.csrc() > 0) {
            media.apply(
                    meetingId, new RoomAct(RoomAct.Kind.LEAVE, person.userId(), null, null, 0, person.participantId()));
        }
    }

    /** The live meeting; the host's asking starts one that is planned. */
    private LiveMeeting going(Principal caller, String meetingId) {
        Optional<LiveMeeting> room = live.find(meetingId);
        boolean atAnotherTime =
                room.filter(one -> !one.active() && one.repeats()).isPresent();
        if (room.isEmpty() || atAnotherTime) {
            Meeting plan = meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
            MeetingService.refuseIfOver(plan);
            if (!MeetingService.hosts(caller, plan.hostId())) {
                throw MeetingErrors.NOT_STARTED.exception();
            }
            planning.start(caller, meetingId);
            room = live.find(meetingId);
        }
        return room.filter(LiveMeeting::active).orElseThrow(MeetingErrors.ENDED::exception);
    }

    /** Whether lock, password and lobby apply: not to who was let in before. */
    private static boolean isNewcomer(Optional<Participant> before) {
        if (before.isEmpty()) {
            return true;
        }
        return switch (before.get().state()) {
            case DENIED -> throw MeetingErrors.DENIED.exception();
            case KICKED -> throw MeetingErrors.BANNED.exception();
            case WAITING -> true;
            case LEFT -> before.get().csrc() == 0;
            case ADMITTED, JOINED -> false;
        };
    }

    private Optional<JoinOutcome> hold(String meetingId, Optional<Participant> before, Asker asker, MeetingRole role) {
        Participant person = before.orElseGet(() -> stranger(meetingId, asker, role));
        boolean waits = person.state() == ParticipantState.WAITING;
        if (waits || live.move(meetingId, before, person.moved(ParticipantState.WAITING, clock.instant()))) {
            if (!waits) {
                news.waits(meetingId, person);
            }
            return Optional.of(
                    new JoinOutcome.Held(new Waiting(ParticipantState.WAITING.wire(), person.participantId())));
        }
        return Optional.empty();
    }

    /** Somebody of whom nothing is written yet. */
    private static Participant stranger(String meetingId, Asker asker, MeetingRole role) {
        return new Participant(
                ParticipantIds.of(meetingId, asker.caller.userId()),
                asker.caller.userId(),
                asker.caller.guestKey(),
                asker.name,
                role,
                ParticipantState.LEFT,
                0,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** What somebody was made stays theirs when they come back. */
    private static MeetingRole role(Principal caller, LiveMeeting room, Optional<Participant> before) {
        if (MeetingService.hosts(caller, room.hostId())) {
            return MeetingRole.HOST;
        }
        MeetingRole ground = caller.isGuest() ? MeetingRole.GUEST : MeetingRole.PARTICIPANT;
        return before.map(Participant::role)
                .filter(role -> role != MeetingRole.HOST)
                .orElse(ground);
    }

    private static String shortened(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= 50 ? name : name.substring(0, name.offsetByCodePoints(0, 50));
    }
}
