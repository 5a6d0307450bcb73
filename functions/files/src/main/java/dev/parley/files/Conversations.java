package dev.parley.files;

import dev.parley.kernel.Principal;
import java.util.List;

/** Reads who is in which conversation and meeting, always consistently: who was removed a moment ago is out now. */
public interface Conversations {
    /** Whether the caller may read what was said there: as messaging decides it. */
    boolean mayRead(Principal caller, String conversationId);

    /**
     * Conversations that an account is in, and meetings' in which it was noted. Read as an index knows it: whether one may be read is asked
     * of {@link #mayRead}.
     */
    List<String> of(String userId);

    /** The accounts in it: members of a group, the two of a direct one, those in a meeting's room now. */
    List<String> people(String conversationId);

    /** The accounts in a meeting now. */
    List<String> inMeeting(String meetingId);
}
