package dev.parley.meetings;

import static dev.parley.meetings.World.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.contracts.meetings.MeetingDraft;
import dev.parley.contracts.meetings.RecurrenceDraft;
import dev.parley.kernel.Principal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A meeting that takes place again under the same code. */
class SeriesTest {
    private final World world = new World();

    private MeetingDraft weekly(Instant start, String rule) {
        return new MeetingDraft(
                "Weekly",
                null,
                start.toString(),
                start.plus(Duration.ofMinutes(30)).toString(),
                null,
                null,
                null,
                null,
                new RecurrenceDraft(rule, "Europe/Berlin"));
    }

    private String planned(String rule) {
        return world.meetings
                .create(world.host, weekly(world.clock.instant(), rule))
                .id();
    }

    private Meeting plan(String id) {
        return world.plans.find(id).orElseThrow();
    }

    @Test
    void theSameCodeOpensEveryTime() {
        String id = planned("FREQ=DAILY;COUNT=2");
        Instant first = plan(id).startTime().orElseThrow();
        world.join(world.host, id);
        int csrc = world.join(world.ana, id).csrc();
        world.moderation.end(world.host, id);
        assertThat(plan(id).status()).isEqualTo(MeetingStatus.SCHEDULED);
        assertThat(Duration.between(first, plan(id).startTime().orElseThrow())).isEqualTo(Duration.ofDays(1));
        assertThat(plan(id).length()).isEqualTo(Duration.ofMinutes(30));
        assertThat(plan(id).upToDate(world.clock.instant())).isEqualTo(plan(id));
        assertThat(world.plans.people(id)).extracting(Participant::userId).containsExactly("u_host", "u_ana");
        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.NOT_STARTED));
        assertThatThrownBy(() -> world.moderation.end(world.host, id)).satisfies(refused(MeetingErrors.NOT_STARTED));

        world.clock.advance(Duration.ofDays(1));
        assertThat(world.join(world.host, id).role()).isEqualTo("host");
        assertThat(world.join(world.ana, id).csrc()).isGreaterThan(csrc);
        assertThat(world.live.find(id).orElseThrow().occurrence()).isEqualTo(2);
        world.moderation.end(world.host, id);
        assertThat(plan(id).status()).isEqualTo(MeetingStatus.ENDED);
        assertThatThrownBy(() -> world.ask(world.host, id)).satisfies(refused(MeetingErrors.ENDED));
    }

    @Test
    void whoWasInLastTimeIsNewThisTime() {
        String id = planned("FREQ=DAILY");
        world.join(world.host, id);
        Principal gita = world.guest(id, "Gita");
        world.join(gita, id);
        world.roles.assign(world.host, id, gita.userId(), "presenter");
        world.moderation.end(world.host, id);
        world.clock.advance(Duration.ofDays(1));
        world.join(world.host, id);
        world.moderation.lock(world.host, id, true);
        assertThatThrownBy(() -> world.ask(gita, id)).satisfies(refused(MeetingErrors.LOCKED));
        world.moderation.lock(world.host, id, false);
        assertThat(world.join(gita, id).role()).isEqualTo("guest");
    }

    @Test
    void whoWasRemovedStaysOutThatTimeAndMayComeAgainTheNext() {
        String id = planned("FREQ=DAILY");
        world.join(world.host, id);
        world.join(world.ana, id);
        world.moderation.kick(world.host, id, world.ana.userId());
        assertThatThrownBy(() -> world.ask(world.ana, id)).satisfies(refused(MeetingErrors.BANNED));
        world.moderation.end(world.host, id);
        world.clock.advance(Duration.ofDays(1));
        world.join(world.host, id);
        assertThat(world.join(world.ana, id).role()).isEqualTo("participant");
    }

    @Test
    void aTryLongBeforeItsTimeUsesNoneUp() {
        Instant start = world.clock.instant().plus(Duration.ofDays(3));
        String id = world.meetings
                .create(world.host, weekly(start, "FREQ=WEEKLY;COUNT=2"))
                .id();
        world.join(world.host, id);
        world.moderation.end(world.host, id);
        assertThat(plan(id).startTime()).contains(start);
        assertThat(plan(id).status()).isEqualTo(MeetingStatus.SCHEDULED);
    }

    @Test
    void timesThatNobodyCameToArePassedOver() {
        String id = planned("FREQ=DAILY");
        Instant first = plan(id).startTime().orElseThrow();
        world.clock.advance(Duration.ofDays(10).plusMinutes(20));
        assertThat(plan(id).upToDate(world.clock.instant()).startTime()).contains(first.plus(Duration.ofDays(10)));
        world.clock.advance(Duration.ofMinutes(15));
        assertThat(plan(id).upToDate(world.clock.instant()).startTime()).contains(first.plus(Duration.ofDays(11)));
        world.join(world.host, id);
        assertThat(plan(id).startTime()).contains(first.plus(Duration.ofDays(11)));
    }

    @Test
    void aSweepThatComesAfterTheNextTimeBeganTouchesNothing() {
        String id = planned("FREQ=DAILY");
        world.join(world.host, id);
        world.media.unreachable = true;
        assertThatThrownBy(() -> world.moderation.end(world.host, id)).satisfies(refused(503, "fleet.unavailable"));
        assertThat(plan(id).status()).isEqualTo(MeetingStatus.SCHEDULED);
        world.clock.advance(Duration.ofDays(1));
        world.media.unreachable = false;
        world.join(world.host, id);
        assertThat(world.sweep.sweep().ended()).isZero();
        assertThat(world.live.find(id).orElseThrow().active()).isTrue();
        assertThat(plan(id).status()).isEqualTo(MeetingStatus.ACTIVE);
        assertThat(plan(id).series().orElseThrow().occurrence()).isEqualTo(2);
    }

    @Test
    void aSeriesBeginsOnTheFirstDayThatFitsAndMovesWithItsStart() {
        Instant monday = Instant.parse("2027-01-04T09:00:00Z");
        String id = world.meetings
                .create(world.host, weekly(monday, "FREQ=WEEKLY;BYDAY=WE"))
                .id();
        assertThat(plan(id).startTime()).contains(Instant.parse("2027-01-06T09:00:00Z"));
        assertThat(plan(id).endTime()).contains(Instant.parse("2027-01-06T09:30:00Z"));
        MeetingDraft later = new MeetingDraft(null, null, "2027-01-11T10:00:00Z", null, null, null, null, null);
        Meeting moved = world.meetings.update(world.host, id, later);
        assertThat(moved.startTime()).contains(Instant.parse("2027-01-13T10:00:00Z"));
        assertThat(moved.endTime()).contains(Instant.parse("2027-01-13T10:30:00Z"));
        MeetingDraft once =
                new MeetingDraft(null, null, null, null, null, null, null, null, new RecurrenceDraft("", null));
        assertThat(world.meetings.update(world.host, id, once).series()).isEmpty();
    }

    @Test
    void aRuleNeedsAStartAZoneAndATime() {
        MeetingDraft noStart = new MeetingDraft(
                "x", null, null, null, null, null, null, null, new RecurrenceDraft("FREQ=DAILY", "UTC"));
        assertThatThrownBy(() -> world.meetings.create(world.host, noStart))
                .satisfies(refused(MeetingErrors.RECURRENCE));
        Instant now = world.clock.instant();
        for (RecurrenceDraft wrong : new RecurrenceDraft[] {
            new RecurrenceDraft("FREQ=HOURLY", "UTC"),
            new RecurrenceDraft("FREQ=DAILY", "Mars/Olympus"),
            new RecurrenceDraft(null, "UTC"),
            new RecurrenceDraft("FREQ=DAILY;UNTIL=20200101", "UTC")
        }) {
            MeetingDraft draft = new MeetingDraft("x", null, now.toString(), null, null, null, null, null, wrong);
            assertThatThrownBy(() -> world.meetings.create(world.host, draft))
                    .satisfies(refused(MeetingErrors.RECURRENCE));
        }
    }
}
