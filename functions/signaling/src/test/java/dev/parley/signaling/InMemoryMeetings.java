package dev.parley.signaling;

import dev.parley.contracts.meetings.ParticipantIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
final class InMemoryMeetings implements Meetings {
    private final Map<String, Meeting> meetings = new HashMap<>();
    private final Map<String, Seat> seats = new HashMap<>();

    void start(String meetingId) {
        start(meetingId, "{}");
    }

    void start(String meetingId, String settings) {
        meetings.put(meetingId, new Meeting(true, "u_host", "Standup", false, settings, List.of()));
    }

    void end(String meetingId) {
        meetings.put(meetingId, new Meeting(false, "u_host", "Standup", false, "{}", List.of()));
    }

    void sit(String meetingId, String userId) {
        sit(meetingId, userId, "participant");
    }

    void sit(String meetingId, String userId, String role) {
        String participantId = ParticipantIds.of(meetingId, userId);
        seats.put(meetingId + participantId, new Seat(participantId, "Name of " + userId, role));
    }

    void kick(String meetingId, String userId) {
        Meeting now = meetings.get(meetingId);
        List<String> denied = new ArrayList<>(now.denied());
        denied.add(userId);
        meetings.put(
                meetingId, new Meeting(now.active(), now.hostId(), now.title(), now.locked(), now.settings(), denied));
        seats.remove(meetingId + ParticipantIds.of(meetingId, userId));
    }

    @Override
    public Optional<Meeting> find(String meetingId) {
        return Optional.ofNullable(meetings.get(meetingId));
    }

    @Override
    public Optional<Seat> seat(String meetingId, String participantId) {
        return Optional.ofNullable(seats.get(meetingId + participantId));
    }
}
