package dev.parley.platform.nodes;

import static dev.parley.platform.nodes.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.HandMovedClock;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Duration;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("component")
class DynamoNodesTest {
    private final Stores stores = Stores.temporary();
    /** From today on: the store collects what expired by its own clock. */
    private final HandMovedClock clock = new HandMovedClock(Instant.now());

    private final Dynamo dynamo = Dynamo.of(stores.settings());
    private final Leases leases = new DynamoLeases(dynamo, clock);
    private final Placements placements = new DynamoPlacements(dynamo, clock);

    @AfterEach
    void stop() {
        dynamo.close();
        stores.close();
    }

    @Test
    void aLeaseIsHeldRenewedAndGivenBack() {
        NodeLease held = leases.register(node("a", 0.25));
        assertThat(leases.find("a")).contains(held);
        assertThat(held.leaseExpiresMillis()).isEqualTo(clock.millis() + NodeLease.LEASE_MILLIS);
        clock.advance(Duration.ofSeconds(5));
        NodeLease renewed =
                leases.renew("a", "i1", new NodeLoad(2, 9, 0.5, Admission.FULL)).orElseThrow();
        assertThat(renewed.leaseExpiresMillis()).isEqualTo(clock.millis() + NodeLease.LEASE_MILLIS);
        assertThat(renewed.participants()).isEqualTo(9);
        assertThat(renewed.stress()).isEqualTo(0.5);
        assertThat(renewed.admission()).isEqualTo(Admission.FULL);
        assertThat(leases.all()).containsExactly(renewed);
        leases.release("a", "i1");
        assertThat(leases.find("a")).isEmpty();
        assertThat(leases.all()).isEmpty();
    }

    @Test
    void aRestartedProcessFencesTheOldOne() {
        leases.register(node("a", "old", "https://127.0.0.1:1", "00", 0));
        leases.register(node("a", "new", "https://127.0.0.1:2", "11", 0));
        assertThat(leases.renew("a", "old", NodeLoad.IDLE)).isEmpty();
        leases.release("a", "old");
        assertThat(leases.renew("a", "new", NodeLoad.IDLE)).isPresent();
    }

    @Test
    void theWantedStateComesWithTheNextRenewal() {
        leases.register(node("a", 0));
        assertThat(leases.want("a", NodeState.DRAINING)).isTrue();
        assertThat(leases.want("nobody", NodeState.DRAINING)).isFalse();
        assertThat(leases.renew("a", "i1", NodeLoad.IDLE)).map(NodeLease::state).contains(NodeState.DRAINING);
    }

    @Test
    void aHundredAndFiftyNodesAreListed() {
        for (int i = 0; i < 150; i++) {
            leases.register(node("n" + i, 0));
        }
        assertThat(leases.all()).hasSize(150);
    }

    @Test
    void aClaimHoldsOnlyUnderTheEpochThatWasSeen() {
        RoomPlacement first = placements.claim("r", Optional.empty(), "a").orElseThrow();
        assertThat(first.placementEpoch()).isEqualTo(1);
        assertThat(placements.claim("r", Optional.empty(), "b")).isEmpty();
        RoomPlacement second = placements.claim("r", Optional.of(first), "b").orElseThrow();
        assertThat(second.placementEpoch()).isEqualTo(2);
        assertThat(placements.claim("r", Optional.of(first), "c")).isEmpty();
        assertThat(placements.find("r")).contains(second);
        placements.forget("r");
        assertThat(placements.find("r")).isEmpty();
    }

    @Test
    void aRaceForARoomHasOneWinner() throws Exception {
        for (int i = 0; i < 4; i++) {
            leases.register(node("n" + i, 0.1));
        }
        List<Callable<PlacedRoom>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            callers.add(() -> new RoomPlacer(leases, placements, lease -> false, pause -> {}, clock, new Random())
                    .place("r", Set.of()));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<PlacedRoom> placed = new ArrayList<>();
            for (Future<PlacedRoom> one : threads.invokeAll(callers)) {
                placed.add(one.get());
            }
            assertThat(placed).filteredOn(PlacedRoom::fresh).hasSize(1);
            assertThat(placed)
                    .extracting(PlacedRoom::placement)
                    .containsOnly(placements.find("r").orElseThrow());
        }
    }

    @Test
    void aMeetingThatIsNotLiveHasNoDoor() {
        Doors doors = new DynamoDoors(dynamo);
        assertThat(doors.find("abc-defg-hij")).isEmpty();
        assertThat(doors.seat("abc-defg-hij", "p_1")).isEmpty();
    }
}
