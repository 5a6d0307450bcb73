package dev.parley.meetings;

import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Envelope;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
public final class InMemoryMeetings implements MeetingRepository {
    private final Map<String, Meeting> meetings = new HashMap<>();
    private final Map<String, List<Participant>> people = new HashMap<>();
    /** Runs once, before the next change is written: what somebody else does at that moment. */
    private Runnable meanwhile = () -> {};

    @Override
    public synchronized boolean insert(Meeting meeting) {
        return meetings.putIfAbsent(meeting.id(), meeting) == null;
    }

    @Override
    public synchronized Optional<Meeting> find(String meetingId) {
        return Optional.ofNullable(meetings.get(meetingId));
    }

    synchronized void beforeNextUpdate(Runnable act) {
        meanwhile = act;
    }

    @Override
    public synchronized boolean update(Meeting changed) {
        Runnable others = meanwhile;
        meanwhile = () -> {};
        others.run();
        return meetings.computeIfPresent(
                        changed.id(), (id, now) -> now.version() == changed.version() - 1 ? changed : now)
                == changed;
    }

    @Override
    public synchronized int hosted(String userId) {
        return Math.toIntExact(meetings.values().stream()
                .filter(meeting -> meeting.hostId().equals(userId))
                .filter(meeting ->
                        meeting.status() == MeetingStatus.SCHEDULED || meeting.status() == MeetingStatus.ACTIVE)
                .count());
    }

    @Override
    public synchronized List<Meeting> of(String userId, Optional<Bookmark> after, int limit) {
        return meetings.values().stream()
                .filter(meeting -> meeting.hostId().equals(userId)
                        || people(meeting.id()).stream()
                                .anyMatch(person -> person.userId().equals(userId) && person.csrc() > 0))
                .filter(meeting -> after.filter(
                                place -> !place.isBefore(meeting.bookmark().at(), meeting.id()))
                        .isEmpty())
                .sorted(Comparator.comparing(
                                (Meeting meeting) -> meeting.bookmark().at())
                        .thenComparing(Meeting::id)
                        .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Envelope.Page<Meeting> page(MeetingQuery query) {
        List<Meeting> mine = meetings.values().stream()
                .filter(meeting -> meeting.hostId().equals(query.userId())
                        || people(meeting.id()).stream()
                                .anyMatch(person -> person.userId().equals(query.userId())))
                .filter(meeting -> query.status()
                        .filter(status -> status != meeting.status())
                        .isEmpty())
                .filter(meeting -> query.keyword()
                        .filter(word ->
                                !meeting.title().toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)))
                        .isEmpty())
                .sorted(Comparator.comparing(Meeting::createdAt).reversed().thenComparing(Meeting::id))
                .toList();
        int from = Math.min(mine.size(), (query.page() - 1) * query.pageSize());
        return new Envelope.Page<>(
                mine.subList(from, Math.min(mine.size(), from + query.pageSize())),
                mine.size(),
                query.page(),
                query.pageSize());
    }

    @Override
    public synchronized void finish(Meeting ended, List<Participant> everybody) {
        meetings.put(ended.id(), ended);
        people.putIfAbsent(ended.id(), List.copyOf(everybody));
    }

    @Override
    public synchronized boolean repeat(Meeting next, Instant endedAt, List<Participant> everybody) {
        if (!update(next)) {
            return false;
        }
        people.put(next.id(), List.copyOf(everybody));
        return true;
    }

    @Override
    public synchronized List<String> attendedSince(String userId, Instant since) {
        return people.entrySet().stream()
                .filter(kept -> kept.getValue().stream()
                        .anyMatch(person -> person.userId().equals(userId)
                                && person.leftAt()
                                        .filter(left -> !left.isBefore(since))
                                        .isPresent()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized List<Participant> people(String meetingId) {
        return people.getOrDefault(meetingId, List.of());
    }
}
