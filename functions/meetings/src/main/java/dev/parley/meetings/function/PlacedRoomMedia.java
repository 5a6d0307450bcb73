package dev.parley.meetings.function;

import dev.parley.contracts.node.RoomAct;
import dev.parley.meetings.RoomMedia;
import dev.parley.platform.nodes.Leases;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.Placements;
import java.util.Optional;

/** Reaches a room's node through its placement. */
record PlacedRoomMedia(Leases leases, Placements placements, NodeClient client) implements RoomMedia {
    @Override
    public Reach apply(String roomId, RoomAct act) {
        Optional<NodeLease> node = placements.find(roomId).flatMap(placement -> leases.find(placement.nodeId()));
        if (node.isEmpty()) {
            return Reach.NO_ROOM;
        }
        client.act(node.get(), roomId, act);
        return Reach.APPLIED;
    }

    @Override
    public void forget(String roomId) {
        placements.forget(roomId);
    }
}
