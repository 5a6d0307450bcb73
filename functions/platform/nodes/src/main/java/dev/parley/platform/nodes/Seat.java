package dev.parley.platform.nodes;

/**
 * One person in a live meeting.
 *
 * @param role {@code host}, {@code participant} or {@code guest}
 * @param state one of {@link LiveRows}' participant states
 */
public record Seat(String participantId, String userId, String displayName, String role, String state) {
    /** Whether this person is in the meeting now. */
    public boolean joined() {
        return LiveRows.JOINED.equals(state);
    }
}
