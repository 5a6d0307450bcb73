package dev.parley.platform.nodes;

import static dev.parley.platform.nodes.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.HandMovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RoomPlacerTest {
    private final HandMovedClock clock = new HandMovedClock();
    private final InMemoryLeases leases = new InMemoryLeases(clock);
    private final InMemoryPlacements placements = new InMemoryPlacements();
    private final List<String> probed = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private boolean answers;

    private final RoomPlacer placer = new RoomPlacer(
            leases,
            placements,
            lease -> {
                probed.add(lease.nodeId());
                return answers;
            },
            pauses::add,
            clock,
            new Random(7));

    @Test
    void aRoomGoesToANodeAndStaysThere() {
        leases.register(node("a", 0.1));
        PlacedRoom first = placer.place("r", Set.of());
        assertThat(first.placement()).isEqualTo(new RoomPlacement("r", "a", 1));
        assertThat(first.fresh()).isTrue();
        leases.register(node("b", 0.0));
        PlacedRoom again = placer.place("r", Set.of());
        assertThat(again.placement()).isEqualTo(first.placement());
        assertThat(again.fresh()).isFalse();
    }

    @Test
    void ofTwoNodesDrawnTheLessStressedOneTakesTheRoom() {
        leases.register(node("calm", 0.2));
        leases.register(node("busy", 0.9));
        for (int room = 0; room < 50; room++) {
            assertThat(placer.place("r" + room, Set.of()).node().nodeId()).isEqualTo("calm");
        }
    }

    @Test
    void roomsSpreadOverEquallyStressedNodes() {
        for (String id : List.of("a", "b", "c", "d")) {
            leases.register(node(id, 0.3));
        }
        Map<String, Integer> rooms = new HashMap<>();
        for (int room = 0; room < 400; room++) {
            rooms.merge(placer.place("r" + room, Set.of()).node().nodeId(), 1, Integer::sum);
        }
        assertThat(rooms).hasSize(4).allSatisfy((id, count) -> assertThat(count).isBetween(60, 140));
    }

    @Test
    void aLostNodesRoomMovesWithAHigherEpochAfterTwoProbesASecondApart() {
        leases.register(node("a", 0));
        placer.place("r", Set.of());
        clock.advance(Duration.ofMillis(NodeLease.LEASE_MILLIS));
        leases.register(node("b", 0));
        PlacedRoom moved = placer.place("r", Set.of());
        assertThat(moved.placement()).isEqualTo(new RoomPlacement("r", "b", 2));
        assertThat(probed).containsExactly("a", "a");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aNodeThatAnswersKeepsItsRoomsThoughItsLeaseRanOut() {
        leases.register(node("a", 0));
        placer.place("r", Set.of());
        clock.advance(Duration.ofSeconds(60));
        leases.register(node("b", 0));
        answers = true;
        assertThat(placer.place("r", Set.of()).placement()).isEqualTo(new RoomPlacement("r", "a", 1));
    }

    @Test
    void aNodeThatStoppedCleanlyIsNotAskedAgain() {
        leases.register(node("a", 0));
        placer.place("r", Set.of());
        leases.release("a", "i1");
        leases.register(node("b", 0));
        assertThat(placer.place("r", Set.of()).placement()).isEqualTo(new RoomPlacement("r", "b", 2));
        assertThat(probed).isEmpty();
    }

    @Test
    void aDrainingNodeKeepsItsRoomsAndTakesNone() {
        leases.register(node("a", 0));
        placer.place("r", Set.of());
        leases.want("a", NodeState.DRAINING);
        assertThat(placer.place("r", Set.of()).node().nodeId()).isEqualTo("a");
        assertThatThrownBy(() -> placer.place("new", Set.of())).satisfies(refused(503, "fleet.full"));
    }

    @Test
    void aNodeThatGuardsItselfKeepsItsRoomsAndGetsNoOtherHoweverLowItsStress() {
        leases.register(node("a", 0));
        placer.place("r", Set.of());
        leases.register(node("b", 0.6));
        for (Admission admission : List.of(Admission.GUARDED, Admission.FULL)) {
            leases.renew("a", "i1", new NodeLoad(1, 9, 0.1, admission));
            assertThat(placer.place("r", Set.of()).node().nodeId()).isEqualTo("a");
            for (int room = 0; room < 20; room++) {
                assertThat(placer.place(admission + "-" + room, Set.of()).node().nodeId())
                        .isEqualTo("b");
            }
        }
        leases.renew("b", "i1", new NodeLoad(40, 90, 0.8, Admission.GUARDED));
        assertThatThrownBy(() -> placer.place("new", Set.of())).satisfies(refused(503, "fleet.full"));
        leases.renew("a", "i1", new NodeLoad(1, 9, 0.1));
        assertThat(placer.place("new", Set.of()).node().nodeId()).isEqualTo("a");
    }

    @Test
    void withoutALiveNodeTheFleetIsUnavailableAndWithFullOnesItIsFull() {
        assertThatThrownBy(() -> placer.place("r", Set.of())).satisfies(refused(503, "fleet.unavailable"));
        leases.register(node("a", 1.0));
        assertThatThrownBy(() -> placer.place("r", Set.of())).satisfies(refused(503, "fleet.full"));
        leases.register(node("b", 0.1));
        assertThatThrownBy(() -> placer.place("r", Set.of("b"))).satisfies(refused(503, "fleet.full"));
    }

    @Test
    void manyWhoPlaceOneRoomAtOnceAgreeOnOneNode() throws Exception {
        for (int i = 0; i < 8; i++) {
            leases.register(node("n" + i, 0.1));
        }
        List<Callable<PlacedRoom>> callers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            callers.add(() -> new RoomPlacer(leases, placements, lease -> true, pauses::add, clock, new Random())
                    .place("r", Set.of()));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<PlacedRoom> placed = new ArrayList<>();
            for (Future<PlacedRoom> one : threads.invokeAll(callers)) {
                placed.add(one.get());
            }
            assertThat(placed)
                    .extracting(PlacedRoom::placement)
                    .containsOnly(placements.find("r").orElseThrow());
            assertThat(placed).filteredOn(PlacedRoom::fresh).hasSize(1);
        }
    }

    static java.util.function.Consumer<Throwable> refused(int status, String code) {
        return thrown -> {
            assertThat(thrown).isInstanceOf(ApiException.class);
            assertThat(((ApiException) thrown).status()).isEqualTo(status);
            assertThat(((ApiException) thrown).code()).isEqualTo(code);
        };
    }
}
