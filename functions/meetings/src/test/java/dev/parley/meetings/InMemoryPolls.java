package dev.parley.meetings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
final class InMemoryPolls implements Polls {
    private final Map<String, Poll> polls = new LinkedHashMap<>();
    private final Map<String, Map<String, Ballot>> ballots = new LinkedHashMap<>();

    @Override
    public synchronized void add(Poll poll) {
        polls.put(poll.id(), poll);
    }

    @Override
    public synchronized Optional<Poll> find(String meetingId, String pollId) {
        return Optional.ofNullable(polls.get(pollId))
                .filter(poll -> poll.meetingId().equals(meetingId));
    }

    @Override
    public synchronized List<Poll> of(String meetingId) {
        return polls.values().stream()
                .filter(poll -> poll.meetingId().equals(meetingId))
                .toList();
    }

    @Override
    public synchronized boolean vote(Poll poll, Ballot ballot) {
        if (polls.get(poll.id()).closed()) {
            return false;
        }
        ballots.computeIfAbsent(poll.id(), id -> new LinkedHashMap<>()).put(ballot.userId(), ballot);
        return true;
    }

    @Override
    public synchronized void close(Poll poll) {
        polls.computeIfPresent(poll.id(), (id, one) -> one.withoutMoreVotes());
    }

    @Override
    public synchronized List<Ballot> ballots(String meetingId, String pollId) {
        return new ArrayList<>(ballots.getOrDefault(pollId, Map.of()).values());
    }
}
