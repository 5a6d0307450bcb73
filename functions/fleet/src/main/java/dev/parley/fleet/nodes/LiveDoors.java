package dev.parley.fleet.nodes;

import dev.parley.contracts.node.Breakouts;
import dev.parley.fleet.Door;
import dev.parley.fleet.Doors;
import dev.parley.platform.nodes.Seat;
import java.time.InstantSource;
import java.util.Optional;

/** Doors of live meetings, as the platform reads them. */
public record LiveDoors(dev.parley.platform.nodes.Doors doors, InstantSource clock) implements Doors {
    @Override
    public Optional<Door> find(String meetingId) {
        return doors.find(meetingId).map(door -> new Door(door.active(), door.denied()));
    }

    @Override
    public boolean isSeated(String meetingId, String participantId) {
        return doors.seat(meetingId, participantId).filter(Seat::joined).isPresent();
    }

    @Override
    public boolean isKnown(String meetingId, String participantId) {
        return doors.seat(meetingId, participantId).isPresent();
    }

    @Override
    public Optional<Breakouts> breakouts(String meetingId, String userId) {
        return doors.breakouts(meetingId, clock.instant()).map(breakouts -> breakouts.of(userId));
    }
}
