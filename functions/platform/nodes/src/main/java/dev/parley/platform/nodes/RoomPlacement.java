package dev.parley.platform.nodes;

/**
 * Which node has a room.
 *
 * @param placementEpoch 1 for a room's first node, one more for each later one
 */
public record RoomPlacement(String roomId, String nodeId, long placementEpoch) {}
