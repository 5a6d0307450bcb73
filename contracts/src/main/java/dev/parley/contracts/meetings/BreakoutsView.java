package dev.parley.contracts.meetings;

import java.time.Instant;
import java.util.List;

/**
 * The breakout rooms of a meeting as somebody reads them.
 *
 * @param revision rises with every change
 * @param open whether there are any
 * @param room id of the room the reader is in, absent in the main room
 * @param assigned id of the room the reader belongs to, absent for none
 * @param choose whether people may go to a room by themselves
 * @param closesAt when everybody goes back to the main room, absent when that is not planned
 * @param main who is in the main room; for hosts alone
 */
public record BreakoutsView(
        long revision,
        boolean open,
        String room,
        String assigned,
        boolean choose,
        Instant closesAt,
        List<Room> rooms,
        List<Person> main) {
    /** @param people who is in it; for hosts alone */
    public record Room(String id, String name, List<Person> people) {}

    /** @param assigned id of the room this person belongs to, absent for none */
    public record Person(String participantId, String userId, String displayName, String role, String assigned) {}
}
