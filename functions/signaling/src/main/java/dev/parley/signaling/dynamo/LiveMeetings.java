package dev.parley.signaling.dynamo;

import dev.parley.platform.nodes.Doors;
import dev.parley.signaling.Meeting;
import dev.parley.signaling.Meetings;
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
}
