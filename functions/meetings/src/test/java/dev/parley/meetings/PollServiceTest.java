package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.PollRequest;
import dev.parley.contracts.meetings.PollView;
import dev.parley.contracts.meetings.RecurrenceDraft;
import dev.parley.kernel.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollServiceTest {
    private final World world = new World();
    private String id;

    @BeforeEach
    void start() {
        id = world.started(draft("Standup"));
        world.join(world.host, id);
        world.join(world.ana, id);
        world.join(world.ben, id);
    }

    private PollView ask(Boolean multiple, Boolean anonymous, Boolean showResults) {
        return world.polls.ask(
                world.host, id, new PollRequest("Lunch?", List.of("Now", "Later"), multiple, anonymous, showResults));
    }

    @Test
    void oneVoteAPersonThatMayBeChangedUntilThePollIsClosed() {
        String poll = ask(null, null, null).id();
        world.polls.vote(world.ana, id, poll, List.of(0));
        PollView changed = world.polls.vote(world.ana, id, poll, List.of(1));
        world.polls.vote(world.ben, id, poll, List.of(1));
        assertThat(changed.mine()).containsExactly(1);
        assertThat(changed.votes()).isEqualTo(1);
        PollView closed = world.polls.close(world.host, id, poll);
        assertThat(closed.closed()).isTrue();
        assertThat(closed.results()).extracting(PollView.Result::count).containsExactly(0, 2);
        assertThat(world.polls.close(world.host, id, poll).closed()).isTrue();
        assertThatThrownBy(() -> world.polls.vote(world.ana, id, poll, List.of(0)))
                .satisfies(refused(MeetingErrors.POLL_CLOSED));
    }

    @Test
    void resultsAreHiddenFromVotersUntilTheEndUnlessShown() {
        String hidden = ask(null, null, null).id();
        assertThat(world.polls.vote(world.ana, id, hidden, List.of(0)).results())
                .isNull();
        assertThat(world.polls.read(world.host, id, hidden).results()).hasSize(2);
        world.polls.close(world.host, id, hidden);
        assertThat(world.polls.read(world.ana, id, hidden).results()).hasSize(2);
        String open = ask(null, null, true).id();
        assertThat(world.polls.read(world.ana, id, open).results()).hasSize(2);
    }

    @Test
    void whoChoseWhatIsReadOfNamedPollsAlone() {
        String named = ask(null, false, true).id();
        world.polls.vote(world.ana, id, named, List.of(1));
        assertThat(world.polls.read(world.ben, id, named).results().get(1).voters())
                .containsExactly("u_ana");
        String secret = ask(null, true, true).id();
        world.polls.vote(world.ana, id, secret, List.of(1));
        assertThat(world.polls.read(world.host, id, secret).results().get(1).voters())
                .isNull();
    }

    @Test
    void viewersVoteAndOnlyHostsAskAndClose() {
        world.roles.assign(world.host, id, "u_ana", "viewer");
        String poll = ask(null, null, null).id();
        assertThat(world.polls.vote(world.ana, id, poll, List.of(0)).mine()).containsExactly(0);
        assertThatThrownBy(
                        () -> world.polls.ask(world.ana, id, new PollRequest("x", List.of("a", "b"), null, null, null)))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.polls.close(world.ana, id, poll)).satisfies(refused(MeetingErrors.NOT_HOST));
        world.joining.leave(world.ben, id);
        assertThatThrownBy(() -> world.polls.vote(world.ben, id, poll, List.of(0)))
                .satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
        assertThatThrownBy(() -> world.polls.list(World.user("u_stranger"), id))
                .satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
        world.roles.assign(world.host, id, "u_ana", "co-host");
        world.polls.close(world.ana, id, poll);
    }

    @Test
    void whatIsNoQuestionNoAnswerOrNoChoiceIsRefused() {
        for (List<String> options :
                List.of(List.of("one"), List.of("same", " same "), List.of("a", ""), Collections.nCopies(11, "x"))) {
            assertThatThrownBy(
                            () -> world.polls.ask(world.host, id, new PollRequest("Lunch?", options, null, null, null)))
                    .satisfies(refused(MeetingErrors.POLL_OPTIONS));
        }
        assertThatThrownBy(() ->
                        world.polls.ask(world.host, id, new PollRequest(" ", List.of("a", "b"), null, null, null)))
                .satisfies(refused(MeetingErrors.POLL_QUESTION));
        assertThatThrownBy(() -> world.polls.ask(world.host, id, new PollRequest("x", null, null, null, null)))
                .satisfies(refused(MeetingErrors.POLL_OPTIONS));
        String single = ask(false, null, null).id();
        for (List<Integer> choices : Arrays.asList(
                null, List.<Integer>of(), List.of(2), List.of(-1), List.of(0, 1), Arrays.asList(0, null))) {
            assertThatThrownBy(() -> world.polls.vote(world.ana, id, single, choices))
                    .satisfies(refused(MeetingErrors.POLL_CHOICES));
        }
        String several = ask(true, null, null).id();
        assertThat(world.polls.vote(world.ana, id, several, List.of(1, 0)).mine())
                .containsExactly(0, 1);
        assertThatThrownBy(() -> world.polls.vote(world.ana, id, several, List.of(1, 1)))
                .satisfies(refused(MeetingErrors.POLL_CHOICES));
        assertThatThrownBy(() -> world.polls.read(world.ana, id, "q_none"))
                .satisfies(refused(MeetingErrors.POLL_NOT_FOUND));
    }

    @Test
    void thePollsOfOneTimeAreNotThoseOfTheNext() {
        String daily = world.meetings
                .create(
                        world.host,
                        new MeetingDraft(
                                "Daily",
                                null,
                                world.clock.instant().toString(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                new RecurrenceDraft("FREQ=DAILY", "UTC")))
                .id();
        world.join(world.host, daily);
        world.polls.ask(world.host, daily, new PollRequest("Lunch?", List.of("Now", "Later"), null, null, null));
        assertThat(world.polls.list(world.host, daily)).hasSize(1);
        world.moderation.end(world.host, daily);
        world.clock.advance(Duration.ofDays(1));
        world.join(world.host, daily);
        assertThat(world.polls.list(world.host, daily)).isEmpty();
    }

    @Test
    void afterTheEndWhoWasThereReadsWhatCameOut() {
        String poll = ask(null, null, null).id();
        world.polls.vote(world.ana, id, poll, List.of(1));
        world.joining.leave(world.ben, id);
        world.moderation.end(world.host, id);
        for (Principal reader : List.of(world.host, world.ana, world.ben)) {
            PollView kept = world.polls.read(reader, id, poll);
            assertThat(kept.closed()).isTrue();
            assertThat(kept.results()).extracting(PollView.Result::count).containsExactly(0, 1);
            assertThat(world.polls.list(reader, id)).containsExactly(kept);
        }
        assertThatThrownBy(() -> world.polls.vote(world.ana, id, poll, List.of(0)))
                .satisfies(refused(MeetingErrors.ENDED));
        assertThatThrownBy(() -> world.polls.list(World.user("u_stranger"), id))
                .satisfies(refused(MeetingErrors.NOT_PARTICIPANT));
    }

    @Test
    void aMeetingAsksSoMuchAndNoMore() {
        for (int i = 0; i < 50; i++) {
            ask(null, null, null);
        }
        assertThatThrownBy(() -> ask(null, null, null)).satisfies(refused(MeetingErrors.TOO_MANY_POLLS));
    }
}
