package dev.parley.platform.nodes;

/** A room and the live node that has it. {@code fresh}: this very call placed it there. */
public record PlacedRoom(RoomPlacement placement, NodeLease node, boolean fresh) {}
