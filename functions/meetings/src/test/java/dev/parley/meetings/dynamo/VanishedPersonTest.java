package dev.parley.meetings.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.HandMovedClock;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.LiveMeetings;
import dev.parley.meetings.LiveMeetings.Seating;
import dev.parley.meetings.MeetingType;
import dev.parley.meetings.Participant;
import dev.parley.meetings.ParticipantState;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.DynamoSeats;
import dev.parley.platform.nodes.Placements;
import dev.parley.platform.nodes.RoomPlacement;
import dev.parley.platform.nodes.Seats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A media node frees the seat of somebody who is gone, while meetings writes the same rows. */
@Tag("component")
class VanishedPersonTest {
    private static final String ID = "abc-defg-hij";
    private static final String ANA = ParticipantIds.of(ID, "u_ana");
    private static final int ROUNDS = 12;

    private final Stores stores = Stores.temporary();
    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final Dynamo dynamo = Dynamo.of(stores.settings());
    private final LiveMeetings live = new DynamoLiveMeetings(dynamo, clock, new Random(1));
    private final Placements placements = new DynamoPlacements(dynamo, clock);
    private final Seats seats = new DynamoSeats(dynamo, "node-1", clock);

    @BeforeEach
    void start() {
        live.open(meeting());
        placements.claim(ID, Optional.empty(), "node-1");
        seat("u_ben", 1);
        seat("u_ana", 2);
    }

    @AfterEach
    void stop() {
        dynamo.close();
        stores.close();
    }

    private LiveMeeting meeting() {
        return new LiveMeeting(
                ID,
                "Standup",
                "u_host",
                MeetingType.VIDEO,
                true,
                false,
                false,
                5,
                0,
                Optional.empty(),
                MeetingSettings.DEFAULTS,
                0,
                Set.of(),
                Set.of(),
                Instant.ofEpochMilli(clock.millis()),
                Optional.empty(),
                1,
                0);
    }

    private void seat(String userId, int csrc) {
        Optional<Participant> before = live.participant(ID, ParticipantIds.of(ID, userId));
        Participant seated = before.orElseGet(() -> new Participant(
                        ParticipantIds.of(ID, userId),
                        userId,
                        Optional.empty(),
                        userId,
                        MeetingRole.PARTICIPANT,
                        ParticipantState.LEFT,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        0))
                .seatedAs(userId, MeetingRole.PARTICIPANT, csrc, clock.instant());
        assertThat(live.seat(live.find(ID).orElseThrow(), before, seated)).isEqualTo(Seating.SEATED);
    }

    private Participant ana() {
        return live.participant(ID, ANA).orElseThrow();
    }

    private int taken() {
        return live.find(ID).orElseThrow().joined();
    }

    private boolean leave(Participant seen) {
        return live.move(ID, Optional.of(seen), seen.moved(ParticipantState.LEFT, clock.instant()));
    }

    @Test
    void theNodeFreesASeatAsLeavingDoes() {
        Participant before = ana();
        assertThat(seats.held(ID, ANA)).hasValue(before.revision());
        clock.advance(Duration.ofMinutes(1));
        assertThat(untilAnswered(() -> seats.free(ID, ANA, before.revision()))).isTrue();
        assertThat(ana()).isEqualTo(before.moved(ParticipantState.LEFT, Instant.ofEpochMilli(clock.millis())));
        assertThat(taken()).isEqualTo(1);
        assertThat(untilAnswered(() -> seats.free(ID, ANA, before.revision()))).isFalse();
        assertThat(seats.held(ID, ANA)).isEqualTo(OptionalLong.empty());
        assertThat(taken()).isEqualTo(1);
        seat("u_ana", before.csrc());
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void webhooksHearOfOneWhoVanishedAsOfOneWhoLeft() {
        clock.advance(Duration.ofMinutes(1));
        assertThat(untilAnswered(() -> seats.free(ID, ANA, ana().revision()))).isTrue();
        Participant ben = live.participant(ID, ParticipantIds.of(ID, "u_ben")).orElseThrow();
        assertThat(leave(ben)).isTrue();
        Map<String, String> ofAna = told("participant.left", "u_ana");
        Map<String, String> ofBen = told("participant.left", "u_ben");
        assertThat(ofAna.keySet()).isEqualTo(ofBen.keySet());
        for (String same : List.of("owner_id", "host_id", "title", "started_at", "role", "joined_at", "reason")) {
            assertThat(ofAna.get(same)).as(same).isEqualTo(ofBen.get(same));
        }
        assertThat(Instant.parse(ofAna.get("left_at")).toEpochMilli()).isEqualTo(clock.millis());
        assertThat(ofAna).containsEntry("participant_id", ANA).containsEntry("name", "u_ana");
    }

    /** What was told of somebody: once, or this fails. */
    private Map<String, String> told(String type, String userId) {
        List<Map<String, String>> found = dynamo
                .call(client -> client.scan(scan -> scan.tableName(dynamo.name(Tables.MEETING_EVENTS))))
                .items()
                .stream()
                .filter(item -> Items.requiredText(item, "type").equals(type))
                .map(item -> item.get("data").m().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().s())))
                .filter(data -> data.get("user_id").equals(userId))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void whoCameBackKeepsTheSeat() {
        Participant before = ana();
        assertThat(live.move(ID, Optional.of(before), before.returned())).isTrue();
        assertThat(untilAnswered(() -> seats.free(ID, ANA, before.revision()))).isFalse();
        assertThat(ana().seated()).isTrue();
        assertThat(taken()).isEqualTo(2);
        assertThat(seats.held(ID, ANA)).hasValue(before.revision() + 1);
    }

    @Test
    void aNodeThatHasTheRoomNoMoreFreesNothing() {
        RoomPlacement mine = placements.find(ID).orElseThrow();
        placements.claim(ID, Optional.of(mine), "node-2").orElseThrow();
        assertThat(seats.held(ID, ANA)).isEqualTo(OptionalLong.empty());
        assertThat(untilAnswered(() -> seats.free(ID, ANA, ana().revision()))).isFalse();
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void nothingIsFreedInAMeetingThatIsOver() {
        live.change(live.find(ID).orElseThrow().ended(clock.instant()));
        assertThat(seats.held(ID, ANA)).isEqualTo(OptionalLong.empty());
        assertThat(untilAnswered(() -> seats.free(ID, ANA, ana().revision()))).isFalse();
        assertThat(ana().seated()).isTrue();
    }

    @Test
    void ofTheNodeAndThePersonLeavingExactlyOneFreesTheSeat() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Participant seen = ana();
            List<Callable<Boolean>> race = new ArrayList<>();
            race.add(() -> leave(seen));
            for (int i = 0; i < 3; i++) {
                race.add(() -> untilAnswered(() -> seats.free(ID, ANA, seen.revision())));
            }
            assertThat(all(race)).containsOnlyOnce(true);
            assertThat(taken()).isEqualTo(1);
            assertThat(ana().state()).isEqualTo(ParticipantState.LEFT);
            seat("u_ana", 2);
        }
    }

    @Test
    void ofTheNodeAndThePersonComingBackExactlyOneIsFirst() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Participant seen = ana();
            List<Boolean> won = all(List.of(
                    () -> live.move(ID, Optional.of(seen), seen.returned()),
                    () -> untilAnswered(() -> seats.free(ID, ANA, seen.revision()))));
            assertThat(won).containsOnlyOnce(true);
            assertThat(ana().seated()).isEqualTo(won.getFirst());
            assertThat(taken()).isEqualTo(won.getFirst() ? 2 : 1);
            if (!won.getFirst()) {
                seat("u_ana", 2);
            }
        }
    }

    @Test
    void aLeaveAFreeingAReturnAndTheEndAtOnceNeverMiscount() throws Exception {
        Participant seen = ana();
        all(List.of(
                () -> leave(seen),
                () -> live.move(ID, Optional.of(seen), seen.returned()),
                () -> untilAnswered(() -> seats.free(ID, ANA, seen.revision())),
                () -> live.change(live.find(ID).orElseThrow().ended(clock.instant()))));
        assertThat(taken()).isEqualTo(ana().seated() ? 2 : 1);
    }

    /** As the node does it: others in the way are waited out. */
    private static boolean untilAnswered(Supplier<Boolean> call) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(call::get, answer -> true);
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
