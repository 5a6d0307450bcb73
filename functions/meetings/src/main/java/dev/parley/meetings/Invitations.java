package dev.parley.meetings;

import java.util.List;
import java.util.Optional;

/** Who was invited to which meeting. */
public interface Invitations {
    /** Writes those whose address was not invited to the meeting yet. */
    void add(List<Invitation> invitations);

    /** Everybody invited to a meeting, in the order of their addresses. */
    List<Invitation> of(String meetingId);

    /** Notes that the mail about this version was handed over. */
    void told(String invitationId, long version);

    /** Takes an invitation back. @return what it was, to the first who asks */
    Optional<Invitation> remove(String meetingId, String invitationId);
}
