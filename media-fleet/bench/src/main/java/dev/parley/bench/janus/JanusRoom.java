package dev.parley.bench.janus;

import dev.parley.bench.PeerPlan;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Who sends what in a room, by their numbers. Thread-safe. */
final class JanusRoom {
    private final long id;
    private final ConcurrentSkipListMap<Integer, PeerPlan> senders = new ConcurrentSkipListMap<>();

    JanusRoom(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    /** From now on others can subscribe to this one's streams. */
    void add(int number, PeerPlan plan) {
        senders.put(number, plan);
    }

    void remove(int number) {
        senders.remove(number);
    }

    /** Whether this one's streams can be subscribed to. */
    boolean sends(String participant) {
        return senders.containsKey(number(participant));
    }

    /** The number in a name such as {@code p_7}. */
    static int number(String participant) {
        return Integer.parseInt(participant.substring("p_".length()));
    }

    /** The first others with a microphone: Janus does not choose the loudest, so a subscriber names the voices it wants. */
    List<Integer> voices(int except, int most) {
        return senders.entrySet().stream()
                .filter(sender -> sender.getKey() != except && sender.getValue().microphone())
                .map(java.util.Map.Entry::getKey)
                .limit(most)
                .toList();
    }

    /** Whether this one's camera comes in several layers. */
    boolean hasLayers(int number) {
        PeerPlan plan = senders.get(number);
        return plan != null && !plan.rids().isEmpty();
    }
}
