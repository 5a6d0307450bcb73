package dev.parley.meetings.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.HandMovedClock;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.LiveMeetings;
import dev.parley.meetings.LiveMeetings.Change;
import dev.parley.meetings.LiveMeetings.Seating;
import dev.parley.meetings.MeetingType;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Live meetings from their opening to the next time of a series, in the real table. */
@Tag("component")
class LiveMeetingsLifeTest {
    private static final HandMovedClock CLOCK = new HandMovedClock(Instant.now());
    private static Stores stores;
    private static Dynamo dynamo;
    private static LiveMeetings live;

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
        dynamo = Dynamo.of(stores.settings());
        live = new DynamoLiveMeetings(dynamo, CLOCK, new Random(1));
    }

    @AfterAll
    static void stop() {
        dynamo.close();
        stores.close();
    }

    private static LiveMeeting meeting(String id, int occurrence) {
        return new LiveMeeting(
                id,
                "Weekly",
                "u_host",
                MeetingType.VIDEO,
                true,
                false,
                false,
                100,
                0,
                Optional.empty(),
                MeetingSettings.DEFAULTS,
                0,
                Set.of(),
                Set.of(),
                Instant.ofEpochMilli(CLOCK.millis()),
                Optional.empty(),
                1,
                occurrence);
    }

    private static Participant person(String id, String userId, MeetingRole role) {
        return new Participant(
                ParticipantIds.of(id, userId),
                userId,
                Optional.empty(),
                userId,
                role,
                ParticipantState.JOINED,
                live.nextCsrc(id),
                Optional.of(Instant.ofEpochMilli(CLOCK.millis())),
                Optional.empty(),
                1);
    }

    @Test
    void onlyAnEmptyMeetingEndsByItself() {
        String id = "aaa-life-aaa";
        live.open(meeting(id, 0));
        LiveMeeting seen = live.find(id).orElseThrow();
        Participant ana = person(id, "u_ana", MeetingRole.PARTICIPANT);
        assertThat(live.seat(seen, Optional.empty(), ana)).isEqualTo(Seating.SEATED);
        // It was seen empty, and somebody came meanwhile: that is no act, and still counts.
        assertThat(live.endIfEmpty(seen.ended(CLOCK.instant()))).isFalse();
        live.move(id, Optional.of(ana), ana.moved(ParticipantState.LEFT, CLOCK.instant()));
        assertThat(live.endIfEmpty(seen.ended(CLOCK.instant()))).isTrue();
        assertThat(live.seat(seen, Optional.empty(), person(id, "u_ben", MeetingRole.PARTICIPANT)))
                .isEqualTo(Seating.CHANGED);
    }

    @Test
    void ofEveryEmptyMeetingEitherAJoinOrTheEndIsFirst() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = "bbb-life-" + (char) ('a' + round) + "aa";
            live.open(meeting(id, 0));
            LiveMeeting seen = live.find(id).orElseThrow();
            Participant ana = person(id, "u_ana", MeetingRole.PARTICIPANT);
            List<Callable<Boolean>> race = List.of(
                    () -> answered(() -> live.endIfEmpty(seen.ended(CLOCK.instant()))),
                    () -> answered(() -> live.seat(seen, Optional.empty(), ana) == Seating.SEATED));
            List<Boolean> won = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Boolean> one : threads.invokeAll(race)) {
                    won.add(one.get());
                }
            }
            LiveMeeting after = live.find(id).orElseThrow();
            // A write whose answer was lost is not known to have won.
            assertThat(won.stream().filter(Boolean::booleanValue)).hasSizeLessThanOrEqualTo(1);
            assertThat(after.joined()).isEqualTo(after.active() ? 1 : 0);
        }
    }

    /** A store that was too busy to answer is asked again. */
    private static boolean answered(BooleanSupplier write) {
        while (true) {
            try {
                return write.getAsBoolean();
            } catch (ApiException e) {
                assertThat(e.code()).isEqualTo("store.unavailable");
            }
        }
    }

    @Test
    void whatGoesOnIsUnsettledUntilItsEndIsFinished() {
        String id = "ccc-life-aaa";
        live.open(meeting(id, 0));
        assertThat(live.unsettled()).contains(id);
        live.settled(id);
        assertThat(live.unsettled()).contains(id);
        live.change(live.find(id).orElseThrow().ended(CLOCK.instant()));
        assertThat(live.unsettled()).contains(id);
        live.settled(id);
        assertThat(live.unsettled()).doesNotContain(id);
        live.settled(id);
    }

    @Test
    void aSeriesIsOpenedAgainWithNobodyInItAndNumbersThatGoOn() {
        String id = "ddd-life-aaa";
        live.open(meeting(id, 1));
        Participant ana = person(id, "u_ana", MeetingRole.PARTICIPANT);
        live.seat(live.find(id).orElseThrow(), Optional.empty(), ana);
        LiveMeeting going = live.find(id).orElseThrow();
        live.clear(going);
        assertThat(live.find(id)).contains(going);
        live.change(going.ended(CLOCK.instant()));
        LiveMeeting over = live.find(id).orElseThrow();
        live.clear(over);
        assertThat(live.find(id)).isEmpty();
        assertThat(live.participants(id)).isEmpty();
        assertThat(live.open(meeting(id, 2))).isTrue();
        assertThat(live.nextCsrc(id)).isGreaterThan(ana.csrc());
        // A clearing that comes late finds another meeting and leaves it.
        Participant again = person(id, "u_ana", MeetingRole.PARTICIPANT);
        live.seat(live.find(id).orElseThrow(), Optional.empty(), again);
        live.clear(over);
        assertThat(live.find(id).orElseThrow().occurrence()).isEqualTo(2);
    }

    @Test
    void handingOverChangesTheMeetingAndBothPeopleOrNothing() {
        String id = "eee-life-aaa";
        live.open(meeting(id, 0));
        Participant host = person(id, "u_host", MeetingRole.HOST);
        Participant ana = person(id, "u_ana", MeetingRole.PARTICIPANT);
        live.seat(live.find(id).orElseThrow(), Optional.empty(), host);
        live.seat(live.find(id).orElseThrow(), Optional.empty(), ana);
        LiveMeeting seen = live.find(id).orElseThrow();
        List<Change> changes =
                List.of(new Change(ana, ana.as(MeetingRole.HOST)), new Change(host, host.as(MeetingRole.CO_HOST)));
        live.move(id, Optional.of(host), host.returned());
        assertThat(live.change(seen.handedTo("u_ana"), changes)).isFalse();
        assertThat(live.find(id).orElseThrow().hostId()).isEqualTo("u_host");
        assertThat(live.participant(id, ana.participantId()).orElseThrow().role())
                .isEqualTo(MeetingRole.PARTICIPANT);
        Participant now = live.participant(id, host.participantId()).orElseThrow();
        assertThat(live.change(
                        seen.handedTo("u_ana"),
                        List.of(
                                new Change(ana, ana.as(MeetingRole.HOST)),
                                new Change(now, now.as(MeetingRole.CO_HOST)))))
                .isTrue();
        LiveMeeting after = live.find(id).orElseThrow();
        assertThat(after.hostId()).isEqualTo("u_ana");
        assertThat(after.admission()).isEqualTo(1);
        assertThat(after.joined()).isEqualTo(2);
    }
}
