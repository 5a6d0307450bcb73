package dev.parley.contracts.meetings;

import java.util.List;

/** {@code PUT /meetings/{id}/breakouts/assignments}: these people belong there from now on, and are taken there at once; nobody else moves. */
public record BreakoutAssignments(List<Assignment> assignments) {
    /**
     * @param who a user, guest or participant id
     * @param room id of a breakout room, absent for the main room
     */
    public record Assignment(String who, String room) {}
}
