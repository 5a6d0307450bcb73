package dev.parley.meetings;

import dev.parley.contracts.node.Breakouts.Breakout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The breakout rooms of a meeting: who belongs where, and who is elsewhere of their own accord. They stay while people come and go.
 *
 * @param revision rises with every change, from 1
 * @param openedAt when these rooms were opened
 * @param rooms empty when they were closed
 * @param choose whether people may go to a room by themselves
 * @param closesAt when everybody goes back to the main room
 * @param assigned user or guest id to the room a host gave them
 * @param visits user or guest id to the room they went to by themselves, {@link #MAIN} for the main room; stands above {@code assigned}
 */
public record Breakouts(
        String meetingId,
        long revision,
        Instant openedAt,
        List<Breakout> rooms,
        boolean choose,
        Optional<Instant> closesAt,
        Map<String, String> assigned,
        Map<String, String> visits) {
    /** In place of a room's id. */
    public static final String MAIN = "main";

    public Breakouts {
        rooms = List.copyOf(rooms);
        assigned = Map.copyOf(assigned);
        visits = Map.copyOf(visits);
    }

    /** Whether there are rooms at that time. */
    boolean open(Instant now) {
        return !rooms.isEmpty() && closesAt.filter(at -> !at.isAfter(now)).isEmpty();
    }

    boolean has(String room) {
        return rooms.stream().anyMatch(known -> known.id().equals(room));
    }

    /** The room somebody is to be in; empty for the main room. */
    Optional<String> placeOf(String userId) {
        return Optional.ofNullable(visits.getOrDefault(userId, assigned.get(userId)))
                .filter(this::has);
    }

    /** The room somebody belongs to. */
    Optional<String> assignedTo(String userId) {
        return Optional.ofNullable(assigned.get(userId));
    }

    /** With some people belonging elsewhere, and there: a room's id, or {@link #MAIN}. */
    Breakouts assigning(Map<String, String> people) {
        Map<String, String> belong = new HashMap<>(assigned);
        Map<String, String> elsewhere = new HashMap<>(visits);
        people.forEach((userId, room) -> {
            elsewhere.remove(userId);
            if (room.equals(MAIN)) {
                belong.remove(userId);
            } else {
                belong.put(userId, room);
            }
        });
        return new Breakouts(meetingId, revision + 1, openedAt, rooms, choose, closesAt, belong, elsewhere);
    }

    /** Closing at that time. */
    Breakouts closing(Instant at) {
        return new Breakouts(meetingId, revision + 1, openedAt, rooms, choose, Optional.of(at), assigned, visits);
    }

    /** Closed. */
    Breakouts closed() {
        return new Breakouts(meetingId, revision + 1, openedAt, List.of(), false, Optional.empty(), Map.of(), Map.of());
    }

    /** As a media node takes them: with everybody's place. */
    dev.parley.contracts.node.Breakouts forNode(Instant now) {
        if (!open(now)) {
            return new dev.parley.contracts.node.Breakouts(revision, List.of(), false, null, Map.of());
        }
        Map<String, String> places = new HashMap<>(assigned);
        places.putAll(visits);
        places.values().removeIf(place -> !has(place));
        Long closesIn = closesAt.map(at -> Duration.between(now, at).toMillis()).orElse(null);
        return new dev.parley.contracts.node.Breakouts(revision, rooms, choose, closesIn, places);
    }
}
