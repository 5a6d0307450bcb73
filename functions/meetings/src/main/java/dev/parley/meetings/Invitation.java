package dev.parley.meetings;

import dev.parley.contracts.meetings.InvitationView;
import java.time.Instant;

/**
 * Somebody who was invited by mail.
 *
 * @param email in lower case, unique in the meeting
 * @param key the secret in the mail's link
 * @param told the plan's version of which the mail tells; 0 when none was sent
 */
public record Invitation(
        String id, String meetingId, String email, String key, String locale, Instant invitedAt, long told) {
    /** As hosts read it: without the key. */
    public InvitationView view() {
        return new InvitationView(id, email, invitedAt);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Invitation[" + id + " to " + meetingId + "]";
    }
}
