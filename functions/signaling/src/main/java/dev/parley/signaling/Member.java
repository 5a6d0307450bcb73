package dev.parley.signaling;

import dev.parley.contracts.signaling.ServerFrame;
import java.util.Optional;

/**
 * A socket that hears a room. A person with two devices is two members with one participant id.
 *
 * @param role {@code host}, {@code participant} or {@code guest}
 */
public record Member(
        String connectionId,
        String userId,
        String participantId,
        String displayName,
        String role,
        Optional<String> guestKey) {
    /** What others are told. */
    public ServerFrame.UserInfo info() {
        return new ServerFrame.UserInfo(userId, participantId, displayName, role);
    }

    /** Whether a frame to this target is for this member. @param target a user or participant id */
    public boolean isTarget(String target) {
        return userId.equals(target) || participantId.equals(target);
    }
}
