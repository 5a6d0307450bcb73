package dev.parley.messaging.dynamo;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.messaging.Meetings;
import dev.parley.platform.nodes.Doors;
import dev.parley.platform.nodes.LiveRows;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Meetings through their doors in the LiveMeetings table. */
public record LiveMeetings(Doors doors, InstantSource clock) implements Meetings {
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

    @Override
    public Breakouts breakouts(String meetingId) {
        return doors.breakouts(meetingId, clock.instant())
                .map(open -> new Breakouts(
                        open.rooms().stream().collect(Collectors.toMap(Breakout::id, Breakout::name)), open.places()))
                .orElse(new Breakouts(Map.of(), Map.of()));
    }
}
