package dev.parley.fleet.nodes;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.fleet.RoomNode;
import dev.parley.fleet.RoomNodes;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.PlacedRoom;
import dev.parley.platform.nodes.RoomPlacer;
import java.util.Optional;
import java.util.Set;

/** Rooms by their placement, nodes by their pinned control API. */
public record PlacedRoomNodes(RoomPlacer placer, NodeClient client) implements RoomNodes {
    @Override
    public Optional<RoomNode> find(String roomId) {
        return placer.find(roomId).map(this::reachable);
    }

    @Override
    public RoomNode place(String roomId, Set<String> unwilling) {
        return reachable(placer.place(roomId, unwilling));
    }

    private RoomNode reachable(PlacedRoom room) {
        return new Reachable(room, client);
    }

    private record Reachable(PlacedRoom room, NodeClient client) implements RoomNode {
        @Override
        public String nodeId() {
            return room.node().nodeId();
        }

        @Override
        public long placementEpoch() {
            return room.placement().placementEpoch();
        }

        @Override
        public boolean fresh() {
            return room.fresh();
        }

        @Override
        public MediaAnswer open(NodeOffer offer) {
            return client.open(room.node(), room.placement().roomId(), offer);
        }

        @Override
        public MediaAnswer restart(String sessionId, NodeRestart restart) {
            return client.restart(room.node(), room.placement().roomId(), sessionId, restart);
        }

        @Override
        public void close(String sessionId, String participantId) {
            client.close(room.node(), room.placement().roomId(), sessionId, participantId);
        }
    }
}
