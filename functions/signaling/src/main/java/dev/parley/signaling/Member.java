package dev.parley.signaling;

import dev.parley.contracts.signaling.ServerFrame;
import java.util.Optional;

/**
 * A socket that hears a room. A person with two devices is two members with one participant id.
 *
 * @param role what the person was in the meeting when they joined
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

    /** The same member in another role. */
    public Member as(String newRole) {
        return new Member(connectionId, userId, participantId, displayName, newRole, guestKey);
    }

    /** Whether a frame to this target is for this member. @param target a user or participant id */
    public boolean isTarget(String target) {
        return userId.equals(target) || participantId.equals(target);
    }
}
