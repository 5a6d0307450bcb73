package dev.parley.meetings;

import static dev.parley.meetings.World.draft;
import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Principal;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MeetingServiceTest {
    private final World world = new World();

    @Test
    void aNewMeetingHasTheUsualSettingsAndNoReadablePassword() {
        MeetingDraft draft = new MeetingDraft(
                "  Standup ", null, "2026-04-01T10:00:00+02:00", "2026-04-01T08:30:00Z", null, null, "secret", null);
        Meeting meeting = world.meetings.create(world.host, draft);
        assertThat(Ids.isMeeting(meeting.id())).isTrue();
        assertThat(meeting.title()).isEqualTo("Standup");
        assertThat(meeting.startTime()).hasToString("Optional[2026-04-01T08:00:00Z]");
        assertThat(meeting.maxParticipants()).isEqualTo(100);
        assertThat(meeting.settings()).isEqualTo(MeetingSettings.DEFAULTS);
        assertThat(meeting.passwordHash()).contains("hash of secret");
        assertThat(meeting.status()).isEqualTo(MeetingStatus.SCHEDULED);
    }

    @Test
    void aMeetingThatIsChangedWhileItStartsIsActiveInItsPlanToo() {
        String id = world.meetings.create(world.host, draft("Standup")).id();
        world.plans.beforeNextUpdate(() -> world.meetings.update(world.host, id, draft("Renamed")));
        assertThat(world.meetings.start(world.host, id).status()).isEqualTo(MeetingStatus.ACTIVE);
        Meeting plan = world.plans.find(id).orElseThrow();
        assertThat(plan.status()).isEqualTo(MeetingStatus.ACTIVE);
        assertThat(plan.title()).isEqualTo("Renamed");
        assertThat(world.live.find(id).orElseThrow().title()).isEqualTo("Renamed");
        assertThatThrownBy(() -> world.meetings.cancel(world.host, id)).satisfies(refused(MeetingErrors.STILL_ACTIVE));
    }

    static Stream<Arguments> badDrafts() {
        return Stream.of(
                Arguments.of(draft(null), MeetingErrors.TITLE),
                Arguments.of(draft(" "), MeetingErrors.TITLE),
                Arguments.of(draft("x".repeat(201)), MeetingErrors.TITLE),
                Arguments.of(draft("two\nlines"), MeetingErrors.TITLE),
                Arguments.of(draft("half\uD800"), MeetingErrors.TITLE),
                Arguments.of(bad("nul\0", null, null, null, null, null), MeetingErrors.DESCRIPTION),
                Arguments.of(bad("x".repeat(2001), null, null, null, null, null), MeetingErrors.DESCRIPTION),
                Arguments.of(bad(null, "tomorrow", null, null, null, null), MeetingErrors.START_TIME),
                Arguments.of(bad(null, "2026-04-01T10:00:00", null, null, null, null), MeetingErrors.START_TIME),
                Arguments.of(bad(null, "+999999999-12-31T23:59:59Z", null, null, null, null), MeetingErrors.START_TIME),
                Arguments.of(bad(null, null, "2026-04-01T10:00:00Z", null, null, null), MeetingErrors.END_TIME),
                Arguments.of(
                        bad(null, "2026-04-01T10:00:00Z", "2026-04-01T10:00:00Z", null, null, null),
                        MeetingErrors.END_TIME),
                Arguments.of(bad(null, null, null, 0, null, null), MeetingErrors.MAX_PARTICIPANTS),
                Arguments.of(bad(null, null, null, 1001, null, null), MeetingErrors.MAX_PARTICIPANTS),
                Arguments.of(bad(null, null, null, null, "hologram", null), MeetingErrors.TYPE),
                Arguments.of(bad(null, null, null, null, null, "x".repeat(129)), MeetingErrors.PASSWORD_FORM),
                Arguments.of(bad(null, null, null, null, null, "  "), MeetingErrors.PASSWORD_FORM));
    }

    private static MeetingDraft bad(
            String description, String start, String end, Integer people, String type, String password) {
        return new MeetingDraft("Standup", description, start, end, people, type, password, null);
    }

    @ParameterizedTest
    @MethodSource("badDrafts")
    void aWrongFieldIsNamedByItsOwnCode(MeetingDraft draft, MeetingErrors error) {
        assertThatThrownBy(() -> world.meetings.create(world.host, draft)).satisfies(refused(error));
        assertThat(list(world.host, null, null).total()).isZero();
    }

    @Test
    void aChangeKeepsWhatItDoesNotName() {
        String id = world.meetings.create(world.host, draft(5, "secret", true)).id();
        Meeting changed = world.meetings.update(
                world.host, id, new MeetingDraft("Retro", null, null, null, null, null, null, null));
        assertThat(changed.title()).isEqualTo("Retro");
        assertThat(changed.maxParticipants()).isEqualTo(5);
        assertThat(changed.passwordHash()).isPresent();
        assertThat(changed.settings().requireApproval()).isTrue();
        Meeting open =
                world.meetings.update(world.host, id, new MeetingDraft(null, null, null, null, null, null, "", null));
        assertThat(open.passwordHash()).isEmpty();
    }

    @Test
    void aChangeReachesTheLiveMeeting() {
        String id = world.started(draft(5, null, null));
        world.meetings.update(world.host, id, new MeetingDraft("Retro", null, null, null, 1, null, null, null));
        world.join(world.ana, id);
        assertThat(world.live.find(id).orElseThrow().title()).isEqualTo("Retro");
        assertThatThrownBy(() -> world.ask(world.ben, id)).satisfies(refused(MeetingErrors.FULL));
    }

    @Test
    void onlyTheHostChangesCancelsAndStarts() {
        String id = world.meetings.create(world.host, draft("Standup")).id();
        assertThatThrownBy(() -> world.meetings.update(world.ana, id, draft("Mine")))
                .satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.meetings.cancel(world.ana, id)).satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.meetings.start(world.ana, id)).satisfies(refused(MeetingErrors.NOT_HOST));
        Principal guest = world.guest(id, "Gita");
        assertThatThrownBy(() -> world.meetings.start(guest, id)).satisfies(refused(MeetingErrors.NOT_HOST));
        assertThatThrownBy(() -> world.meetings.create(guest, draft("Mine")))
                .satisfies(refused(MeetingErrors.ACCOUNT_NEEDED));
    }

    @Test
    void aMeetingGoesOneWayThroughItsLife() {
        String id = world.meetings.create(world.host, draft("Standup")).id();
        world.meetings.start(world.host, id);
        assertThat(world.meetings.start(world.host, id).status()).isEqualTo(MeetingStatus.ACTIVE);
        assertThatThrownBy(() -> world.meetings.cancel(world.host, id)).satisfies(refused(MeetingErrors.STILL_ACTIVE));
        world.moderation.end(world.host, id);
        assertThatThrownBy(() -> world.meetings.start(world.host, id)).satisfies(refused(MeetingErrors.ENDED));
        assertThatThrownBy(() -> world.meetings.update(world.host, id, draft("Again")))
                .satisfies(refused(MeetingErrors.ENDED));

        String never = world.meetings.create(world.host, draft("Never")).id();
        assertThatThrownBy(() -> world.moderation.end(world.host, never)).satisfies(refused(MeetingErrors.NOT_STARTED));
        world.meetings.cancel(world.host, never);
        assertThat(world.meetings.cancel(world.host, never).status()).isEqualTo(MeetingStatus.CANCELLED);
        assertThatThrownBy(() -> world.meetings.start(world.host, never)).satisfies(refused(MeetingErrors.CANCELLED));
    }

    @Test
    void theListHoldsOnesOwnMeetingsAndThoseOneTookPartIn() {
        String standup = world.started(draft("Standup"));
        world.join(world.ana, standup);
        world.moderation.end(world.host, standup);
        world.meetings.create(world.host, draft("Retro"));
        assertThat(list(world.host, null, null).total()).isEqualTo(2);
        assertThat(list(world.host, "ended", null).list())
                .extracting(Meeting::id)
                .containsExactly(standup);
        assertThat(list(world.host, null, "RETRO").total()).isEqualTo(1);
        assertThat(list(world.ana, null, null).list()).extracting(Meeting::id).containsExactly(standup);
        assertThat(list(world.ben, null, null).total()).isZero();
        assertThatThrownBy(() -> list(world.host, "paused", null)).satisfies(refused(MeetingErrors.STATUS));
        assertThatThrownBy(() -> world.meetings.list(
                        world.host, Optional.empty(), Optional.empty(), Optional.of("0"), Optional.empty()))
                .satisfies(refused(MeetingErrors.PAGE));
        assertThatThrownBy(() -> world.meetings.list(
                        world.host, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("101")))
                .satisfies(refused(MeetingErrors.PAGE));
    }

    @Test
    void strangersWithTheCodeAreNotInvolved() {
        String id = world.started(draft("Standup"));
        Meeting meeting = world.meetings.read(world.ana, id);
        assertThat(world.meetings.isInvolved(world.ana, meeting)).isFalse();
        world.join(world.ana, id);
        assertThat(world.meetings.isInvolved(world.ana, meeting)).isTrue();
        assertThat(world.meetings.isInvolved(world.host, meeting)).isTrue();
    }

    private dev.parley.kernel.Envelope.Page<Meeting> list(Principal caller, String status, String keyword) {
        return world.meetings.list(
                caller, Optional.ofNullable(status), Optional.ofNullable(keyword), Optional.empty(), Optional.empty());
    }

    @Test
    void anAdministratorsLimitsHold() {
        world.changedLimits.put(Limit.MEETING_PARTICIPANTS, 50);
        assertThat(world.meetings.create(world.host, draft("Small")).maxParticipants())
                .as("the usual number is no larger")
                .isEqualTo(50);
        assertThatThrownBy(() -> world.meetings.create(world.host, draft(51, null, null)))
                .satisfies(refused(MeetingErrors.MAX_PARTICIPANTS));
        world.changedLimits.put(Limit.ACCOUNT_MEETINGS, 2);
        String second = world.meetings.create(world.host, draft("Second")).id();
        assertThatThrownBy(() -> world.meetings.create(world.host, draft("Third")))
                .satisfies(refused(MeetingErrors.TOO_MANY_MEETINGS));
        world.meetings.create(world.ana, draft("Another's"));
        world.meetings.cancel(world.host, second);
        world.meetings.create(world.host, draft("In its place"));
    }
}
