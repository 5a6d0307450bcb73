package dev.parley.node.rooms;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.Roster;
import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes data-channel messages, none larger than {@link ChannelMessage#MAX_BYTES}. */
final class ChannelText {
    private ChannelText() {}

    /** One message as JSON. */
    static String of(ChannelMessage message) {
        return Wire.json().writerFor(ChannelMessage.class).writeValueAsString(message);
    }

    /** Whether the text fits one message. */
    static boolean fits(String text) {
        // A char is at most three bytes of UTF-8, so most texts need no counting.
        return text.length() <= ChannelMessage.MAX_BYTES / 3
                || text.getBytes(StandardCharsets.UTF_8).length <= ChannelMessage.MAX_BYTES;
    }

    /** The complete roster: one message, or the first part as a full list and the rest as additions of the same revision. */
    static List<String> roster(long revision, List<RosterEntry> entries) {
        List<String> texts = new ArrayList<>();
        split(revision, entries, true, texts);
        return texts;
    }

    private static void split(long revision, List<RosterEntry> entries, boolean first, List<String> texts) {
        Roster message = first
                ? new Roster(revision, true, entries, null, null, null)
                : new Roster(revision, false, null, entries, null, null);
        String text = of(message);
        if (entries.size() < 2 || fits(text)) {
            texts.add(text);
            return;
        }
        int half = entries.size() / 2;
        split(revision, entries.subList(0, half), first, texts);
        split(revision, entries.subList(half, entries.size()), false, texts);
    }

    static String added(long revision, RosterEntry entry) {
        return of(new Roster(revision, false, null, List.of(entry), null, null));
    }

    static String changed(long revision, RosterEntry entry) {
        return of(new Roster(revision, false, null, null, List.of(entry), null));
    }

    static String removed(long revision, String participant) {
        return of(new Roster(revision, false, null, null, null, List.of(participant)));
    }
}
