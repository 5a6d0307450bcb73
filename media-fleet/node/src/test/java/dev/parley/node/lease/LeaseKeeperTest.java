package dev.parley.node.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.nodes.Leases;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeLoad;
import dev.parley.platform.nodes.NodeState;
import dev.parley.platform.nodes.Placements;
import dev.parley.platform.nodes.RoomPlacement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
    private final Table table = new Table();
    private final List<String> told = new ArrayList<>();
    private final Map<String, Long> rooms = new HashMap<>();
    private final LeaseKeeper keeper = new LeaseKeeper(
            table,
            table.places,
            lease("one"),
            () -> new NodeLoad(rooms.size(), 0, 0.5),
            () -> rooms,
            new LeaseKeeper.Duties() {
                @Override
                public void roomMoved(String roomId, RoomPlacement placement) {
                    told.add("moved " + roomId + " to " + placement.nodeId());
                }

                @Override
                public void draining(boolean draining) {
                    if (draining) {
                        told.add("draining");
                    }
                }

                @Override
                public void fenced() {
                    told.add("fenced");
                }
            },
            () -> table.nowNanos);

    private static NodeLease lease(String incarnation) {
        return new NodeLease(
                "node-1", incarnation, "https://x", "ff", "127.0.0.1", 0, NodeState.SERVING, 0, 0, 0, "local");
    }

    @Test
    void registersThenRenewsWithItsLoad() {
        keeper.step();
        assertThat(keeper.registered()).isTrue();
        rooms.put("r", 1L);
        keeper.step();
        assertThat(table.lease.rooms()).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void servesOnWhileTheTableIsDark() {
        keeper.step();
        table.dark = true;
        keeper.step();
        keeper.step();
        assertThat(keeper.failures()).isEqualTo(2);
        assertThat(told).isEmpty();
        table.dark = false;
        keeper.step();
        assertThat(keeper.failures()).isEqualTo(2);
    }

    @Test
    void takesTheLeaseWhenTheTableWasDarkAtTheStart() {
        table.dark = true;
        keeper.step();
        assertThat(keeper.registered()).isFalse();
        table.dark = false;
        keeper.step();
        assertThat(keeper.registered()).isTrue();
    }

    @Test
    void stopsWhenAnotherIncarnationHasTheLease() {
        keeper.step();
        table.register(lease("two"));
        keeper.step();
        assertThat(told).containsExactly("fenced");
        keeper.close();
        assertThat(table.lease.incarnation()).isEqualTo("two");
    }

    @Test
    void takesTheLeaseAnewWhenTheTableHasForgottenIt() {
        keeper.step();
        rooms.put("r", 1L);
        table.lease = null;
        keeper.step();
        assertThat(told).isEmpty();
        assertThat(table.lease.incarnation()).isEqualTo("one");
        keeper.step();
        assertThat(table.lease.rooms()).isEqualTo(1);
    }

    @Test
    void tellsOfRoomsThatHaveAHigherEpochElsewhere() {
        keeper.step();
        rooms.put("mine", 3L);
        rooms.put("gone", 3L);
        rooms.put("unknown", 1L);
        table.placements.put("mine", new RoomPlacement("mine", "node-1", 4));
        table.placements.put("gone", new RoomPlacement("gone", "node-2", 4));
        keeper.step();
        assertThat(told).containsExactly("moved gone to node-2");
    }

    @Test
    void renewsInTimeThoughTheTableIsSlowAndStillLooksAtEveryRoom() {
        keeper.step();
        for (int i = 0; i < 20; i++) {
            rooms.put("r" + i, 1L);
            table.placements.put("r" + i, new RoomPlacement("r" + i, "node-2", 2));
        }
        table.findTakesNanos = 1_000_000_000L;
        keeper.step();
        assertThat(table.finds).isEqualTo(3);
        for (int i = 0; i < 6; i++) {
            keeper.step();
        }
        assertThat(told).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void hearsThatItShouldDrainAndGivesTheLeaseBack() {
        keeper.step();
        table.want("node-1", NodeState.DRAINING);
        keeper.step();
        assertThat(told).containsExactly("draining");
        keeper.close();
        assertThat(table.lease).isNull();
    }

    /** The table's in-memory twin. */
    private static final class Table implements Leases {
        private final Map<String, RoomPlacement> placements = new HashMap<>();
        private NodeLease lease;
        private boolean dark;
        private long nowNanos;
        private long findTakesNanos;
        private int finds;

        private void answer() {
            if (dark) {
                throw new IllegalStateException("dark");
            }
        }

        private static NodeLease with(NodeLease lease, NodeState state, NodeLoad load) {
            return new NodeLease(
                    lease.nodeId(),
                    lease.incarnation(),
                    lease.controlUrl(),
                    lease.fingerprint(),
                    lease.mediaHost(),
                    1,
                    state,
                    load.rooms(),
                    load.participants(),
                    load.stress(),
                    lease.region());
        }

        @Override
        public NodeLease register(NodeLease next) {
            answer();
            lease = next;
            return next;
        }

        @Override
        public Optional<NodeLease> renew(String nodeId, String incarnation, NodeLoad load) {
            answer();
            if (lease == null || !lease.incarnation().equals(incarnation)) {
                return Optional.empty();
            }
            lease = with(lease, lease.state(), load);
            return Optional.of(lease);
        }

        @Override
        public void release(String nodeId, String incarnation) {
            if (lease != null && lease.incarnation().equals(incarnation)) {
                lease = null;
            }
        }

        @Override
        public boolean want(String nodeId, NodeState state) {
            lease = with(lease, state, NodeLoad.IDLE);
            return true;
        }

        @Override
        public Optional<NodeLease> find(String nodeId) {
            return Optional.ofNullable(lease);
        }

        @Override
        public List<NodeLease> all() {
            return lease == null ? List.of() : List.of(lease);
        }

        private final Placements places = new Placements() {
            @Override
            public Optional<RoomPlacement> find(String roomId) {
                answer();
                nowNanos += findTakesNanos;
                finds++;
                return Optional.ofNullable(placements.get(roomId));
            }

            @Override
            public Optional<RoomPlacement> claim(String roomId, Optional<RoomPlacement> seen, String nodeId) {
                return Optional.empty();
            }

            @Override
            public void forget(String roomId) {
                placements.remove(roomId);
            }
        };
    }
}
