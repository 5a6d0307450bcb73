package dev.parley.meetings;

import dev.parley.contracts.meetings.BreakoutAssignments;
import dev.parley.contracts.meetings.BreakoutsRequest;
import dev.parley.contracts.meetings.BreakoutsView;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import dev.parley.meetings.ModerationDesk.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Splits the people of a live meeting into breakout rooms and brings them together again. What is decided is written first and then reaches the
 * media node, which moves people without a new exchange; whoever comes, or comes back, brings their place along with their offer. Hosts
 * visit every room; others go back to the main room and to their own again, and to any where the host lets people choose.
 */
public final class BreakoutService {
    /** The longest countdown before the rooms close. */
    public static final Duration LONGEST_COUNTDOWN = Duration.ofMinutes(10);

    private static final int MOST_ROOMS = 50;
    private static final int MAX_NAME = 40;
    private static final int MAX_ANNOUNCEMENT = 500;

    private final LiveMeetings live;
    private final ModerationDesk desk;
    private final BreakoutRegister register;
    private final RoomMedia media;
    private final Ids ids;
    private final InstantSource clock;

    public BreakoutService(
            LiveMeetings live,
            ModerationDesk desk,
            BreakoutRegister register,
            RoomMedia media,
            Ids ids,
            InstantSource clock) {
        this.live = Objects.requireNonNull(live);
        this.desk = Objects.requireNonNull(desk);
        this.register = Objects.requireNonNull(register);
        this.media = Objects.requireNonNull(media);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Opens rooms, and takes people into them. */
    public BreakoutsView open(Principal caller, String meetingId, BreakoutsRequest request) {
        Actor actor = desk.actor(caller, meetingId, Capability.BREAKOUTS);
        if (current(actor.room()).isPresent()) {
            throw MeetingErrors.BREAKOUTS_OPEN.exception();
        }
        List<BreakoutsRequest.Room> asked = Optional.ofNullable(request.rooms()).orElse(List.of());
        if (asked.isEmpty() || asked.size() > MOST_ROOMS || asked.stream().anyMatch(Objects::isNull)) {
            throw MeetingErrors.BREAKOUT_ROOMS.about("rooms");
        }
        Map<String, Participant> people = people(meetingId);
        List<Breakout> rooms = new ArrayList<>();
        Map<String, String> assigned = new HashMap<>();
        for (BreakoutsRequest.Room room : asked) {
            Breakout opened = new Breakout(ids.opaque("b_"), name(room.name()));
            rooms.add(opened);
            for (String who : Optional.ofNullable(room.people()).orElse(List.of())) {
                if (assigned.put(person(people, meetingId, who).userId(), opened.id()) != null) {
                    throw MeetingErrors.BREAKOUT_TWICE.about("rooms");
                }
            }
        }
        long revision = register.find(meetingId).map(Breakouts::revision).orElse(0L) + 1;
        Breakouts opened = new Breakouts(
                meetingId,
                revision,
                clock.instant(),
                rooms,
                Boolean.TRUE.equals(request.choose()),
                Optional.empty(),
                assigned,
                Map.of());
        if (!register.change(opened)) {
            throw MeetingErrors.CHANGED.exception();
        }
        return reach(actor, opened);
    }

    /** The rooms, with who is where for hosts. */
    public BreakoutsView read(Principal caller, String meetingId) {
        Actor actor = present(caller, meetingId);
        return current(actor.room())
                .map(breakouts -> view(actor, breakouts))
                .orElseGet(() -> new BreakoutsView(
                        register.find(meetingId).map(Breakouts::revision).orElse(0L),
                        false,
                        null,
                        null,
                        false,
                        null,
                        List.of(),
                        null));
    }

    /** Some people belong elsewhere from now on, and are taken there. */
    public BreakoutsView assign(Principal caller, String meetingId, BreakoutAssignments request) {
        Actor actor = desk.actor(caller, meetingId, Capability.BREAKOUTS);
        List<BreakoutAssignments.Assignment> asked =
                Optional.ofNullable(request.assignments()).orElse(List.of());
        if (asked.isEmpty() || asked.stream().anyMatch(Objects::isNull)) {
            throw MeetingErrors.BREAKOUT_ASSIGNMENTS.about("assignments");
        }
        Map<String, Participant> people = people(meetingId);
        Map<String, String> places = new HashMap<>();
        for (BreakoutAssignments.Assignment one : asked) {
            String room = one.room() == null ? Breakouts.MAIN : one.room();
            if (places.put(person(people, meetingId, one.who()).userId(), room) != null) {
                throw MeetingErrors.BREAKOUT_TWICE.about("assignments");
            }
        }
        return reach(actor, change(actor.room(), breakouts -> {
            if (!places.values().stream().allMatch(room -> room.equals(Breakouts.MAIN) || breakouts.has(room))) {
                throw MeetingErrors.BREAKOUT_NOT_FOUND.exception();
            }
            return breakouts.assigning(places);
        }));
    }

    /** Goes to a room: hosts to any, others to their own, or to any where that is allowed. */
    public BreakoutsView enter(Principal caller, String meetingId, String room) {
        Actor actor = present(caller, meetingId);
        Breakouts breakouts = opened(actor.room());
        if (!breakouts.has(room)) {
            throw MeetingErrors.BREAKOUT_NOT_FOUND.exception();
        }
        boolean own = breakouts.assignedTo(caller.userId()).filter(room::equals).isPresent();
        if (!own && !breakouts.choose() && !actor.may(Capability.BREAKOUTS)) {
            throw MeetingErrors.BREAKOUT_NOT_YOURS.exception();
        }
        return visit(actor, breakouts, room);
    }

    /** Goes back from a room to the main room; whoever is elsewhere by now stays there. */
    public BreakoutsView leave(Principal caller, String meetingId, String room) {
        Actor actor = present(caller, meetingId);
        Breakouts breakouts = opened(actor.room());
        if (breakouts.placeOf(caller.userId()).filter(room::equals).isEmpty()) {
            return view(actor, breakouts);
        }
        return visit(actor, breakouts, Breakouts.MAIN);
    }

    /** Brings everybody back, now or when the countdown is over. Doing it again changes the countdown. */
    public BreakoutsView close(Principal caller, String meetingId, Duration countdown) {
        Actor actor = desk.actor(caller, meetingId, Capability.BREAKOUTS);
        if (current(actor.room()).isEmpty()) {
            return read(caller, meetingId);
        }
        Instant at = clock.instant().plus(countdown);
        return reach(
                actor,
                change(actor.room(), breakouts -> countdown.isZero() ? breakouts.closed() : breakouts.closing(at)));
    }

    /** Tells everybody something, in whatever room they are. */
    public HostAct announce(Principal caller, String meetingId, String asked) {
        Actor actor = desk.actor(caller, meetingId, Capability.BREAKOUTS);
        String text = asked == null ? "" : asked.strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_ANNOUNCEMENT || !MeetingRules.isLine(text)) {
            throw MeetingErrors.ANNOUNCEMENT.about("text");
        }
        RoomMedia.Reach reach = media.apply(meetingId, RoomAct.announce(text, actor.participantId()));
        return desk.done(caller, new HostAct("announce", meetingId, null, reach.wire()));
    }

    // ---- what is there

    private Optional<Breakouts> current(LiveMeeting room) {
        return register.find(room.meetingId()).filter(breakouts -> breakouts.open(clock.instant()));
    }

    private Breakouts opened(LiveMeeting room) {
        return current(room).orElseThrow(MeetingErrors.BREAKOUTS_CLOSED::exception);
    }

    private Breakouts change(LiveMeeting room, UnaryOperator<Breakouts> act) {
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Breakouts after = act.apply(opened(room));
            if (register.change(after)) {
                return after;
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }

    private BreakoutsView visit(Actor actor, Breakouts seen, String place) {
        Breakouts after = register.visit(seen, actor.who().userId(), place)
                .filter(breakouts -> breakouts.open(clock.instant()))
                .orElseThrow(MeetingErrors.BREAKOUTS_CLOSED::exception);
        media.apply(actor.room().meetingId(), RoomAct.breakouts(after.forNode(clock.instant()), actor.participantId()));
        return view(actor, after);
    }

    /** Tells the node, and whoever has no media. */
    private BreakoutsView reach(Actor actor, Breakouts after) {
        String meetingId = actor.room().meetingId();
        String reach = null;
        try {
            reach = media.apply(meetingId, RoomAct.breakouts(after.forNode(clock.instant()), actor.participantId()))
                    .wire();
        } finally {
            desk.done(actor.who(), new HostAct("breakouts", meetingId, null, reach));
        }
        return view(actor, after);
    }

    /** Whoever is in, or looks after the meeting. */
    private Actor present(Principal caller, String meetingId) {
        LiveMeeting room = desk.address(caller, meetingId).orElseThrow(MeetingErrors.NOT_STARTED::exception);
        Actor actor = new Actor(room, caller, desk.role(caller, room));
        boolean in = live.participant(meetingId, ParticipantIds.of(meetingId, caller.userId()))
                .filter(Participant::seated)
                .isPresent();
        if (!in && !actor.may(Capability.BREAKOUTS)) {
            throw MeetingErrors.NOT_PARTICIPANT.exception();
        }
        if (!room.active()) {
            throw MeetingErrors.ENDED.exception();
        }
        return actor;
    }

    // ---- people

    private Map<String, Participant> people(String meetingId) {
        Map<String, Participant> people = new HashMap<>();
        live.participants(meetingId).forEach(person -> people.put(person.participantId(), person));
        return people;
    }

    /** Somebody who was let in; they may be away for the moment. */
    private static Participant person(Map<String, Participant> people, String meetingId, String who) {
        if (who == null) {
            throw MeetingErrors.PERSON_NOT_FOUND.exception();
        }
        Participant person = people.get(ParticipantIds.isParticipant(who) ? who : ParticipantIds.of(meetingId, who));
        if (person == null) {
            throw MeetingErrors.PERSON_NOT_FOUND.exception();
        }
        if (person.csrc() == 0 || (!person.seated() && person.state() != ParticipantState.LEFT)) {
            throw MeetingErrors.NOT_JOINED.exception();
        }
        return person;
    }

    private BreakoutsView view(Actor reader, Breakouts breakouts) {
        boolean open = breakouts.open(clock.instant());
        String self = reader.who().userId();
        List<Participant> seated = reader.may(Capability.BREAKOUTS)
                ? live.participants(breakouts.meetingId()).stream()
                        .filter(Participant::seated)
                        .toList()
                : null;
        return new BreakoutsView(
                breakouts.revision(),
                open,
                breakouts.placeOf(self).orElse(null),
                breakouts.assignedTo(self).orElse(null),
                breakouts.choose(),
                breakouts.closesAt().orElse(null),
                breakouts.rooms().stream()
                        .map(room -> new BreakoutsView.Room(
                                room.id(), room.name(), in(breakouts, seated, Optional.of(room.id()))))
                        .toList(),
                in(breakouts, seated, Optional.empty()));
    }

    private static List<BreakoutsView.Person> in(Breakouts breakouts, List<Participant> seated, Optional<String> room) {
        return seated == null
                ? null
                : seated.stream()
                        .filter(person -> breakouts.placeOf(person.userId()).equals(room))
                        .map(person -> new BreakoutsView.Person(
                                person.participantId(),
                                person.userId(),
                                person.displayName(),
                                person.role().wire(),
                                breakouts.assignedTo(person.userId()).orElse(null)))
                        .toList();
    }

    private static String name(String asked) {
        String name = asked == null ? "" : asked.strip();
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME || !MeetingRules.isLine(name)) {
            throw MeetingErrors.BREAKOUT_NAME.about("name");
        }
        return name;
    }
}
