package dev.parley.contracts.meetings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A person has one participant id in a meeting, however often they join: {@code p_} and 80 bits of
 * SHA-256(meeting id, user id). Two joins at once therefore meet on one row, and no look-up by user is needed.
 */
public final class ParticipantIds {
    private static final Pattern PARTICIPANT = Pattern.compile("p_[0-9a-f]{20}");

    private ParticipantIds() {}

    public static String of(String meetingId, String userId) {
        return "p_" + digest("participant", meetingId, userId);
    }

    /** Whether {@code text} has the form of a participant's id; says nothing about whether there is one. */
    public static boolean isParticipant(String text) {
        return PARTICIPANT.matcher(text).matches();
    }

    /** The user id of the guest who holds {@code guestKey} in this meeting: it tells nothing of the key. */
    public static String guest(String meetingId, String guestKey) {
        return "g_" + digest("guest", meetingId, guestKey);
    }

    private static String digest(String purpose, String meetingId, String who) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((purpose + '\0' + meetingId + '\0' + who).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
