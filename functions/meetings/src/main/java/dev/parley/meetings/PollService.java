package dev.parley.meetings;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.HostAct;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.meetings.PollRequest;
import dev.parley.contracts.meetings.PollView;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import dev.parley.meetings.ModerationDesk.Actor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Polls in a meeting: hosts ask and close, whoever is in votes once and may change it until then. Counts are hidden until the poll is
 * closed, unless it was made to show them; who chose what nobody reads of an anonymous poll.
 */
public final class PollService {
    private static final int MOST_POLLS = 50;
    private static final int MAX_QUESTION = 300;
    private static final int MAX_OPTION = 200;
    private static final int MAX_OPTIONS = 10;

    private final LiveMeetings live;
    private final ModerationDesk desk;
    private final Polls polls;
    private final MeetingNews news;
    private final Ids ids;
    private final InstantSource clock;

    public PollService(
            LiveMeetings live, ModerationDesk desk, Polls polls, MeetingNews news, Ids ids, InstantSource clock) {
        this.live = Objects.requireNonNull(live);
        this.desk = Objects.requireNonNull(desk);
        this.polls = Objects.requireNonNull(polls);
        this.news = Objects.requireNonNull(news);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Asks everybody something. */
    public PollView ask(Principal caller, String meetingId, PollRequest request) {
        Actor actor = desk.actor(caller, meetingId, Capability.POLL);
        if (ofThisTime(actor.room()).size() >= MOST_POLLS) {
            throw MeetingErrors.TOO_MANY_POLLS.exception();
        }
        Poll poll = new Poll(
                ids.opaque("q_"),
                meetingId,
                line(request.question(), MAX_QUESTION, MeetingErrors.POLL_QUESTION, "question"),
                options(request.options()),
                Boolean.TRUE.equals(request.multiple()),
                !Boolean.FALSE.equals(request.anonymous()),
                Boolean.TRUE.equals(request.showResults()),
                false,
                clock.instant());
        polls.add(poll);
        desk.done(caller, new HostAct("poll", meetingId, null, null));
        return view(actor, poll);
    }

    /** The polls of a meeting that goes on or has ended, the oldest first. What was not closed is closed with the end. */
    public List<PollView> list(Principal caller, String meetingId) {
        Actor actor = reader(caller, meetingId);
        return ofThisTime(actor.room()).stream().map(poll -> view(actor, poll)).toList();
    }

    /** One poll. */
    public PollView read(Principal caller, String meetingId, String pollId) {
        Actor actor = reader(caller, meetingId);
        return view(actor, poll(meetingId, pollId));
    }

    /** Chooses, in place of what the caller chose before. */
    public PollView vote(Principal caller, String meetingId, String pollId, List<Integer> choices) {
        Actor actor = present(caller, meetingId);
        Poll poll = poll(meetingId, pollId);
        Ballot ballot = new Ballot(caller.userId(), checked(poll, choices));
        if (poll.closed() || !polls.vote(poll, ballot)) {
            throw MeetingErrors.POLL_CLOSED.exception();
        }
        if (poll.showResults()) {
            news.changed(meetingId, "poll");
        }
        return view(actor, poll(meetingId, pollId));
    }

    /** Takes no votes any more; from now on everybody reads the counts. Doing it twice is doing it once. */
    public PollView close(Principal caller, String meetingId, String pollId) {
        Actor actor = desk.actor(caller, meetingId, Capability.POLL);
        Poll poll = poll(meetingId, pollId);
        if (!poll.closed()) {
            polls.close(poll);
            desk.done(caller, new HostAct("poll", meetingId, null, null));
        }
        return view(actor, poll(meetingId, pollId));
    }

    /** A series keeps the polls of its last time for a while. */
    private List<Poll> ofThisTime(LiveMeeting room) {
        return polls.of(room.meetingId()).stream()
                .filter(poll -> !poll.createdAt().isBefore(room.startedAt()))
                .toList();
    }

    private Poll poll(String meetingId, String pollId) {
        return polls.find(meetingId, pollId).orElseThrow(MeetingErrors.POLL_NOT_FOUND::exception);
    }

    /** As {@link #reader}, while the meeting goes on. */
    private Actor present(Principal caller, String meetingId) {
        Actor actor = reader(caller, meetingId);
        if (!actor.room().active()) {
            throw MeetingErrors.ENDED.exception();
        }
        return actor;
    }

    /** Whoever is in, or looks after the meeting; after its end also whoever had left before. */
    private Actor reader(Principal caller, String meetingId) {
        LiveMeeting room = desk.address(caller, meetingId).orElseThrow(MeetingErrors.NOT_STARTED::exception);
        Actor actor = new Actor(room, caller, desk.role(caller, room));
        boolean in = live.participant(meetingId, ParticipantIds.of(meetingId, caller.userId()))
                .filter(person -> person.seated() || !room.active() && person.state() == ParticipantState.LEFT)
                .isPresent();
        if (!in && !actor.may(Capability.POLL)) {
            throw MeetingErrors.NOT_PARTICIPANT.exception();
        }
        return actor;
    }

    private PollView view(Actor reader, Poll poll) {
        List<Ballot> ballots = polls.ballots(poll.meetingId(), poll.id());
        boolean closed = poll.closed() || !reader.room().active();
        boolean shown = closed || poll.showResults() || reader.may(Capability.POLL);
        List<Integer> mine = ballots.stream()
                .filter(ballot -> ballot.userId().equals(reader.who().userId()))
                .findFirst()
                .map(Ballot::choices)
                .orElse(List.of());
        return new PollView(
                poll.id(),
                poll.question(),
                poll.options(),
                poll.multiple(),
                poll.anonymous(),
                poll.showResults(),
                closed,
                poll.createdAt(),
                mine,
                ballots.size(),
                shown ? results(poll, ballots) : null);
    }

    private static List<PollView.Result> results(Poll poll, List<Ballot> ballots) {
        return IntStream.range(0, poll.options().size())
                .mapToObj(option -> {
                    List<String> voters = ballots.stream()
                            .filter(ballot -> ballot.choices().contains(option))
                            .map(Ballot::userId)
                            .toList();
                    return new PollView.Result(voters.size(), poll.anonymous() ? null : voters);
                })
                .toList();
    }

    private static List<Integer> checked(Poll poll, List<Integer> choices) {
        List<Integer> given = choices == null ? List.of() : choices;
        boolean wrong = given.isEmpty()
                || given.stream().anyMatch(Objects::isNull)
                || new HashSet<>(given).size() != given.size()
                || (!poll.multiple() && given.size() > 1)
                || given.stream()
                        .anyMatch(
                                choice -> choice < 0 || choice >= poll.options().size());
        if (wrong) {
            throw MeetingErrors.POLL_CHOICES.about("choices");
        }
        return new ArrayList<>(new TreeSet<>(given));
    }

    private static List<String> options(List<String> asked) {
        List<String> options = Optional.ofNullable(asked).orElse(List.of()).stream()
                .map(option -> line(option, MAX_OPTION, MeetingErrors.POLL_OPTIONS, "options"))
                .toList();
        if (options.size() < 2 || options.size() > MAX_OPTIONS || new HashSet<>(options).size() != options.size()) {
            throw MeetingErrors.POLL_OPTIONS.about("options");
        }
        return options;
    }

    private static String line(String text, int longest, MeetingErrors error, String field) {
        String line = text == null ? "" : text.strip();
        if (line.isEmpty() || line.codePointCount(0, line.length()) > longest || !MeetingRules.isLine(line)) {
            throw error.about(field);
        }
        return line;
    }
}
