package dev.parley.messaging;

import dev.parley.kernel.Ids;
import dev.parley.kernel.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ids of conversations. Those of two people and of a meeting follow from who and which it is, so that there is one however many begin it. */
public final class ConversationIds {
    private static final String MEETING = "m_";
    private static final Pattern ID = Pattern.compile("[cd]_[A-Za-z0-9_-]{1,64}|m_[a-z]{3}-[a-z]{4}-[a-z]{3}");

    private ConversationIds() {}

    /** The conversation of two people, whichever of them asks. */
    public static String direct(String one, String other) {
        String first = one.compareTo(other) < 0 ? one : other;
        return "d_" + Sha256.base64Url(first + '\0' + (first.equals(one) ? other : one));
    }

    public static String meeting(String meetingId) {
        return MEETING + meetingId;
    }

    /** The meeting whose conversation has this id, if it is a meeting's. */
    public static Optional<String> meetingOf(String id) {
        return id.startsWith(MEETING)
                ? Optional.of(id.substring(MEETING.length())).filter(Ids::isMeeting)
                : Optional.empty();
    }

    /** Whether {@code text} has the form of an id; says nothing about whether there is such a conversation. */
    public static boolean isId(String text) {
        return text != null && ID.matcher(text).matches();
    }
}
