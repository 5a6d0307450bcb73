package dev.parley.meetings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
final class InMemoryBreakouts implements BreakoutRegister {
    private final Map<String, Breakouts> known = new HashMap<>();

    @Override
    public synchronized Optional<Breakouts> find(String meetingId) {
        return Optional.ofNullable(known.get(meetingId));
    }

    @Override
    public synchronized boolean change(Breakouts after) {
        long seen = find(after.meetingId()).map(Breakouts::revision).orElse(0L);
        if (seen != after.revision() - 1) {
            return false;
        }
        known.put(after.meetingId(), after);
        return true;
    }

    @Override
    public synchronized Optional<Breakouts> visit(Breakouts seen, String userId, String place) {
        Breakouts now = known.get(seen.meetingId());
        if (now == null
                || !now.openedAt().equals(seen.openedAt())
                || now.rooms().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> visits = new HashMap<>(now.visits());
        visits.put(userId, place);
        Breakouts after = new Breakouts(
                now.meetingId(),
                now.revision() + 1,
                now.openedAt(),
                now.rooms(),
                now.choose(),
                now.closesAt(),
                now.assigned(),
                visits);
        known.put(now.meetingId(), after);
        return Optional.of(after);
    }
}
