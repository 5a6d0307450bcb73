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
import dev.parley.meetings.LiveMeetings.Seating;
import dev.parley.meetings.MeetingType;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.nodes.Door;
import dev.parley.platform.nodes.DynamoDoors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("component")
class DynamoLiveMeetingsTest {
    private static final String ID = "abc-defg-hij";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Stores stores = Stores.temporary();
    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final Dynamo dynamo = Dynamo.of(stores.settings());
    private final LiveMeetings live = new DynamoLiveMeetings(dynamo, clock, new Random(1));

    @AfterEach
    void stop() {
        dynamo.close();
        stores.close();
    }

    private LiveMeeting meeting(int maxParticipants) {
        return new LiveMeeting(
                ID,
                "Standup",
                "u_host",
                MeetingType.VIDEO,
                true,
                false,
                false,
                maxParticipants,
                0,
                Optional.of("hash"),
                MeetingSettings.DEFAULTS,
                0,
                Set.of(),
                Set.of(),
                Instant.ofEpochMilli(clock.millis()),
                Optional.empty(),
                1,
                0);
    }

    private Participant person(String userId, int csrc) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new Participant(
                ParticipantIds.of(ID, userId),
                userId,
                Optional.of("key of " + userId),
                "Name of " + userId,
                MeetingRole.GUEST,
                ParticipantState.JOINED,
                csrc,
                Optional.of(now),
                Optional.empty(),
                1);
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(live.find(ID)).isEmpty();
        assertThat(live.open(meeting(5))).isTrue();
        assertThat(live.open(meeting(9))).isFalse();
        assertThat(live.find(ID)).contains(meeting(5));
        Participant ana = person("u_ana", live.nextCsrc(ID));
        assertThat(live.seat(meeting(5), Optional.empty(), ana)).isEqualTo(Seating.SEATED);
        assertThat(live.participant(ID, ana.participantId())).contains(ana);
        assertThat(live.find(ID).orElseThrow().joined()).isEqualTo(1);
        assertThat(live.participants(ID)).containsExactly(ana);
        Participant left = ana.moved(ParticipantState.LEFT, clock.instant());
        assertThat(live.move(ID, Optional.of(ana), left)).isTrue();
        assertThat(live.move(ID, Optional.of(ana), left)).isFalse();
        assertThat(live.find(ID).orElseThrow().joined()).isZero();
    }

    @Test
    void whereSomebodyIsOrWasIsFoundByWhoTheyAre() {
        live.open(meeting(5));
        live.seat(meeting(5), Optional.empty(), person("u_ana", 1));

        Awaitility.await().until(() -> live.meetingsOf("u_ana").equals(List.of(ID)));
        assertThat(live.meetingsOf("u_host")).isEmpty();
    }

    @Test
    void aKickIsSeenAtTheDoorAndFreesTheSeat() {
        live.open(meeting(5));
        Participant ana = person("u_ana", 1);
        live.seat(meeting(5), Optional.empty(), ana);
        LiveMeeting seen = live.find(ID).orElseThrow();
        Participant kicked = ana.moved(ParticipantState.KICKED, clock.instant());
        assertThat(live.change(seen.without(ana), ana, kicked)).isTrue();
        assertThat(live.change(seen.withLock(true))).isFalse();
        LiveMeeting after = live.find(ID).orElseThrow();
        assertThat(after.joined()).isZero();
        assertThat(after.lobby()).isTrue();
        Door door = new DynamoDoors(dynamo).find(ID).orElseThrow();
        assertThat(door.active()).isTrue();
        assertThat(door.admission()).isEqualTo(1);
        assertThat(door.denied()).containsExactlyInAnyOrder("u_ana", "key of u_ana");
        assertThat(new DynamoDoors(dynamo)
                        .seat(ID, ana.participantId())
                        .orElseThrow()
                        .joined())
                .isFalse();
        assertThat(live.change(after.ended(clock.instant()))).isTrue();
        assertThat(new DynamoDoors(dynamo).find(ID).orElseThrow().active()).isFalse();
        assertThat(live.seat(after, Optional.empty(), person("u_ben", 2))).isEqualTo(Seating.CHANGED);
    }

    @Test
    void aSeatIsNotGivenOnAnOldView() {
        live.open(meeting(5));
        LiveMeeting seen = live.find(ID).orElseThrow();
        live.change(seen.withLock(true));
        assertThat(live.seat(seen, Optional.empty(), person("u_ana", 1))).isEqualTo(Seating.CHANGED);
        assertThat(live.find(ID).orElseThrow().joined()).isZero();
    }

    @Test
    void aStormOfJoinsNeverExceedsTheLimit() throws Exception {
        int seats = 20;
        live.open(meeting(seats));
        List<Callable<Seating>> storm = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String userId = "u_" + i;
            storm.add(() -> served(() -> {
                LiveMeeting seen = live.find(ID).orElseThrow();
                return live.seat(seen, Optional.empty(), person(userId, live.nextCsrc(ID)));
            }));
        }
        Map<Seating, Long> outcomes =
                all(storm).stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(outcomes).containsEntry(Seating.SEATED, 20L).containsEntry(Seating.FULL, 40L);
        assertThat(live.find(ID).orElseThrow().joined()).isEqualTo(seats);
        assertThat(live.participants(ID))
                .hasSize(seats)
                .extracting(Participant::csrc)
                .doesNotHaveDuplicates();
    }

    @Test
    void whoHasChangedMeanwhileDoesNotHinderThoseWhoAreSeatedBesideThem() throws Exception {
        live.open(meeting(100));
        for (int i = 0; i < 20; i++) {
            live.move(ID, Optional.empty(), person("u_" + i, 0).moved(ParticipantState.WAITING, clock.instant()));
        }
        List<Callable<Seating>> storm = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String userId = "u_" + i;
            storm.add(
                    () -> live.seat(live.find(ID).orElseThrow(), Optional.empty(), person(userId, live.nextCsrc(ID))));
        }
        List<Seating> outcomes = all(storm);
        assertThat(outcomes.subList(0, 20)).containsOnly(Seating.CHANGED);
        assertThat(outcomes.subList(20, 60)).containsOnly(Seating.SEATED);
        assertThat(live.find(ID).orElseThrow().joined()).isEqualTo(40);
        assertThat(live.participants(ID)).filteredOn(Participant::seated).hasSize(40);
    }

    @Test
    void aStormOfPeopleWhoComeAndGoLeavesTheCountRight() throws Exception {
        live.open(meeting(8));
        List<Callable<Integer>> storm = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String userId = "u_" + i;
            storm.add(() -> {
                int most = 0;
                for (int round = 0; round < 6; round++) {
                    LiveMeeting seen = served(() -> live.find(ID)).orElseThrow();
                    Optional<Participant> before = served(() -> live.participant(ID, ParticipantIds.of(ID, userId)));
                    Participant seated = before.orElseGet(
                                    () -> person(userId, 0).moved(ParticipantState.LEFT, clock.instant()))
                            .seatedAs(userId, MeetingRole.GUEST, 1, clock.instant());
                    if (served(() -> live.seat(seen, before, seated)) == Seating.SEATED) {
                        most = Math.max(most, (int) served(() -> live.participants(ID)).stream()
                                .filter(Participant::seated)
                                .count());
                        Participant left = seated.moved(ParticipantState.LEFT, clock.instant());
                        assertThat(served(() -> live.move(ID, Optional.of(seated), left)))
                                .isTrue();
                    }
                }
                return most;
            });
        }
        assertThat(all(storm)).allMatch(seated -> seated <= 8).anyMatch(seated -> seated > 0);
        assertThat(live.find(ID).orElseThrow().joined()).isZero();
    }

    @Test
    void onePersonJoiningManyTimesAtOnceTakesOneSeat() throws Exception {
        live.open(meeting(5));
        List<Callable<Seating>> storm = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            storm.add(() -> served(() ->
                    live.seat(live.find(ID).orElseThrow(), Optional.empty(), person("u_ana", live.nextCsrc(ID)))));
        }
        assertThat(all(storm)).filteredOn(Seating.SEATED::equals).hasSize(1);
        assertThat(live.find(ID).orElseThrow().joined()).isEqualTo(1);
    }

    /** Asks again after a refusal that says so: 503, of which nothing was written. */
    private static <T> T served(Supplier<T> request) {
        Instant enough = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return request.get();
            } catch (ApiException e) {
                if (e.status() != 503 || Instant.now().isAfter(enough)) {
                    throw e;
                }
            }
        }
    }

    private static <T> List<T> all(List<Callable<T>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> one : threads.invokeAll(calls)) {
                results.add(one.get());
            }
        }
        return results;
    }
}
