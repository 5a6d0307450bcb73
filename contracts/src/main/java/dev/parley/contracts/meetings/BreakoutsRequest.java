package dev.parley.contracts.meetings;

import java.util.List;

/**
 * {@code POST /meetings/{id}/breakouts}: opens breakout rooms, and takes people into them at once.
 *
 * @param rooms 1 to 50
 * @param choose whether people may go to a room by themselves; false when absent
 */
public record BreakoutsRequest(List<Room> rooms, Boolean choose) {
    /**
     * @param name 1..40 characters
     * @param people user, guest or participant ids of those who belong there, each in one room at most
     */
    public record Room(String name, List<String> people) {}
}
