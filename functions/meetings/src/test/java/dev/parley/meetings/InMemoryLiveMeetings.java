package dev.parley.meetings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The port's in-memory twin, for tests. */
public final class InMemoryLiveMeetings implements LiveMeetings {
    private final Map<String, LiveMeeting> meetings = new HashMap<>();
    private final Map<String, Map<String, Participant>> people = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> unsettled = new TreeSet<>();
    int longestParticipantIdAsked;

    @Override
    public synchronized boolean open(LiveMeeting meeting) {
        boolean opened = meetings.putIfAbsent(meeting.meetingId(), meeting) == null;
        if (opened) {
            unsettled.add(meeting.meetingId());
        }
        return opened;
    }

    @Override
    public synchronized Optional<LiveMeeting> find(String meetingId) {
        return Optional.ofNullable(meetings.get(meetingId))
                .map(meeting -> withJoined(meeting, (int) peopleOf(meetingId).values().stream()
                        .filter(Participant::seated)
                        .count()));
    }

    @Override
    public synchronized Optional<Participant> participant(String meetingId, String participantId) {
        longestParticipantIdAsked = Math.max(longestParticipantIdAsked, participantId.length());
        return Optional.ofNullable(peopleOf(meetingId).get(participantId));
    }

    @Override
    public synchronized List<Participant> participants(String meetingId) {
        List<Participant> all = new ArrayList<>(peopleOf(meetingId).values());
        all.sort(Comparator.comparingInt(person -> person.csrc() == 0 ? Integer.MAX_VALUE : person.csrc()));
        return all;
    }

    @Override
    public synchronized List<String> meetingsOf(String userId) {
        return people.entrySet().stream()
                .filter(meeting -> meeting.getValue().values().stream()
                        .anyMatch(person -> person.userId().equals(userId)))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized int nextCsrc(String meetingId) {
        return numbers.merge(meetingId, 1, Integer::sum);
    }

    @Override
    public synchronized Seating seat(LiveMeeting seen, Optional<Participant> before, Participant seated) {
        LiveMeeting present = find(seen.meetingId()).orElseThrow();
        if (present.acts() != seen.acts() || !present.active()) {
            return Seating.CHANGED;
        }
        if (present.joined() >= present.maxParticipants()) {
            return Seating.FULL;
        }
        return move(seen.meetingId(), before, seated) ? Seating.SEATED : Seating.CHANGED;
    }

    @Override
    public synchronized boolean move(String meetingId, Optional<Participant> before, Participant after) {
        if (!participant(meetingId, after.participantId())
                .map(Participant::revision)
                .equals(before.map(Participant::revision))) {
            return false;
        }
        peopleOf(meetingId).put(after.participantId(), after);
        return true;
    }

    @Override
    public synchronized boolean change(LiveMeeting after) {
        LiveMeeting present = meetings.get(after.meetingId());
        if (present.acts() != after.acts() - 1) {
            return false;
        }
        meetings.put(after.meetingId(), after);
        return true;
    }

    @Override
    public synchronized boolean change(LiveMeeting after, List<Change> people) {
        boolean unchanged = people.stream()
                .map(Change::before)
                .allMatch(before -> participant(after.meetingId(), before.participantId())
                        .filter(person -> person.revision() == before.revision())
                        .isPresent());
        return unchanged
                && change(after)
                && people.stream()
                        .allMatch(change -> move(after.meetingId(), Optional.of(change.before()), change.after()));
    }

    @Override
    public synchronized boolean endIfEmpty(LiveMeeting after) {
        return find(after.meetingId()).orElseThrow().joined() == 0 && change(after);
    }

    @Override
    public synchronized List<String> unsettled() {
        return List.copyOf(unsettled);
    }

    @Override
    public synchronized void settled(String meetingId) {
        if (find(meetingId).filter(LiveMeeting::active).isEmpty()) {
            unsettled.remove(meetingId);
        }
    }

    @Override
    public synchronized void clear(LiveMeeting over) {
        LiveMeeting present = meetings.get(over.meetingId());
        if (present != null && !present.active() && present.acts() == over.acts()) {
            meetings.remove(over.meetingId());
            people.remove(over.meetingId());
        }
    }

    private Map<String, Participant> peopleOf(String meetingId) {
        return people.computeIfAbsent(meetingId, id -> new HashMap<>());
    }

    private static LiveMeeting withJoined(LiveMeeting meeting, int joined) {
        return new LiveMeeting(
                meeting.meetingId(),
                meeting.title(),
                meeting.hostId(),
                meeting.type(),
                meeting.active(),
                meeting.locked(),
                meeting.lobby(),
                meeting.maxParticipants(),
                joined,
                meeting.passwordHash(),
                meeting.settings(),
                meeting.admission(),
                meeting.deniedUsers(),
                meeting.deniedKeys(),
                meeting.startedAt(),
                meeting.endedAt(),
                meeting.acts(),
                meeting.occurrence());
    }
}
