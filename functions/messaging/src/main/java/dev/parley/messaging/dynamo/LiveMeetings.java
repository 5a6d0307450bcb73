package dev.parley.messaging.dynamo;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.messaging.Meetings;
import dev.parley.platform.nodes.Doors;
import dev.parley.platform.nodes.LiveRows;
import java.util.Optional;

/** Meetings through their doors in the LiveMeetings table. */
public record LiveMeetings(Doors doors) implements Meetings {
    @Override
    public Optional<Meeting> find(String meetingId) {
        return doors.find(meetingId)
                .map(door -> new Meeting(door.active(), door.title(), hasChat(door.settings()), door.denied()));
    }

    private static boolean hasChat(String settings) {
        return settings.isEmpty()
                || !Boolean.FALSE.equals(
                        Wire.read(settings, MeetingSettings.class).enableChat());
    }

    @Override
    public Optional<Seat> seat(String meetingId, String userId) {
        return doors.seat(meetingId, ParticipantIds.of(meetingId, userId))
                .map(seat -> new Seat(
                        seat.displayName(),
                        seat.role(),
                        seat.joined(),
                        seat.joined() || LiveRows.LEFT.equals(seat.state())));
    }
}
