package dev.parley.signaling;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The port's in-memory twin, for tests. */
final class InMemoryRooms implements Rooms {
    private final Map<String, Map<String, Member>> members = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();

    @Override
    public synchronized void add(String roomId, Member member) {
        members.computeIfAbsent(roomId, id -> new LinkedHashMap<>()).put(member.connectionId(), member);
    }

    @Override
    public synchronized boolean remove(String roomId, String connectionId) {
        return members.getOrDefault(roomId, new HashMap<>()).remove(connectionId) != null;
    }

    @Override
    public synchronized List<Member> members(String roomId) {
        return List.copyOf(members.getOrDefault(roomId, Map.of()).values());
    }

    @Override
    public synchronized long nextSeq(String roomId) {
        return last.merge(roomId, 1L, Long::sum);
    }

    @Override
    public synchronized long lastSeq(String roomId) {
        return last.getOrDefault(roomId, 0L);
    }
}
