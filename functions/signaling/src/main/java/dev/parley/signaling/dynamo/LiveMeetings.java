package dev.parley.signaling.dynamo;

import dev.parley.contracts.node.Breakouts;
import dev.parley.platform.nodes.Doors;
import dev.parley.signaling.Meeting;
import dev.parley.signaling.Meetings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Meetings through their doors in the LiveMeetings table. */
public record LiveMeetings(Doors doors) implements Meetings {
    @Override
    public Optional<Meeting> find(String meetingId) {
        return doors.find(meetingId)
                .map(door -> new Meeting(
                        door.active(), door.hostId(), door.title(), door.locked(), door.settings(), door.denied()));
    }

    @Override
    public Optional<Seat> seat(String meetingId, String participantId) {
        return doors.seat(meetingId, participantId)
                .filter(dev.parley.platform.nodes.Seat::joined)
                .map(seat -> new Seat(seat.participantId(), seat.displayName(), seat.role()));
    }

    @Override
    public Map<String, String> places(String meetingId, Instant now) {
        return doors.breakouts(meetingId, now).map(Breakouts::places).orElse(Map.of());
    }
}
