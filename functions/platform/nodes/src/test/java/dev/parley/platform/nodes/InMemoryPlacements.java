package dev.parley.platform.nodes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
final class InMemoryPlacements implements Placements {
    private final Map<String, RoomPlacement> placements = new HashMap<>();

    @Override
    public synchronized Optional<RoomPlacement> find(String roomId) {
        return Optional.ofNullable(placements.get(roomId));
    }

    @Override
    public synchronized Optional<RoomPlacement> claim(String roomId, Optional<RoomPlacement> seen, String nodeId) {
        if (!find(roomId).equals(seen)) {
            return Optional.empty();
        }
        RoomPlacement next = new RoomPlacement(
                roomId, nodeId, seen.map(RoomPlacement::placementEpoch).orElse(0L) + 1);
        placements.put(roomId, next);
        return Optional.of(next);
    }

    @Override
    public synchronized void forget(String roomId) {
        placements.remove(roomId);
    }
}
