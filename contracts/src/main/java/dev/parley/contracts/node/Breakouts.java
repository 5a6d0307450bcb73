package dev.parley.contracts.node;

import java.util.List;
import java.util.Map;

/**
 * The breakout rooms of a meeting, as the control plane knows them now. People in them keep their sessions; a node takes the change of the
 * highest revision and ignores what comes late.
 *
 * @param revision rises with every change
 * @param rooms empty when there are none: everybody is in the main room
 * @param choose whether people may go to a room by themselves
 * @param closesIn milliseconds from now until everybody is back in the main room, absent when that is not planned
 * @param places user or guest id to the id of their room, of those who are in one: of everybody in an act, of the participant alone in an
 *     offer
 */
public record Breakouts(
        long revision, List<Breakout> rooms, boolean choose, Long closesIn, Map<String, String> places) {
    public Breakouts {
        rooms = rooms == null ? List.of() : List.copyOf(rooms);
        places = places == null ? Map.of() : Map.copyOf(places);
    }

    /** The same with the place of one user or guest alone, as an offer carries it. */
    public Breakouts of(String userId) {
        String place = places.get(userId);
        return new Breakouts(revision, rooms, choose, closesIn, place == null ? Map.of() : Map.of(userId, place));
    }

    /** One breakout room. */
    public record Breakout(String id, String name) {}
}
