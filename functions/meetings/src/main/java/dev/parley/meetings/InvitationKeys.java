package dev.parley.meetings;

/**
 * The secrets in invitations' links, beside the live meetings: whoever joins with one is asked there, and no database is woken. A key
 * belongs to the first account that comes with it.
 */
public interface InvitationKeys {
    /** Makes a key good for a meeting. Doing it again changes nothing. */
    void allow(String meetingId, String key);

    /** Makes a key good for nothing. */
    void forget(String meetingId, String key);

    /** Whether the key lets this account in; from now on it does nobody else. */
    boolean redeem(String meetingId, String key, String userId);
}
