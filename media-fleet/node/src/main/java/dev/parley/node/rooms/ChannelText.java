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

    /** What is new in the roster, in as many messages of one revision as it takes; none when nothing is. */
    static List<String> changes(
            long revision, List<RosterEntry> added, List<RosterEntry> changed, List<String> removed) {
        List<String> texts = new ArrayList<>();
        split(new Roster(revision, false, null, added, changed, removed), texts);
        return texts;
    }

    private static void split(Roster all, List<String> texts) {
        int size = all.add().size() + all.change().size() + all.remove().size();
        if (size == 0) {
            return;
        }
        String text =
                of(new Roster(all.rev(), false, null, orNull(all.add()), orNull(all.change()), orNull(all.remove())));
        if (size == 1 || fits(text)) {
            texts.add(text);
            return;
        }
        split(half(all, true), texts);
        split(half(all, false), texts);
    }

    private static Roster half(Roster all, boolean first) {
        int half = (all.add().size() + all.change().size() + all.remove().size()) / 2;
        int added = Math.min(half, all.add().size());
        int changed = Math.min(half - added, all.change().size());
        int removed = half - added - changed;
        return new Roster(
                all.rev(),
                false,
                null,
                part(all.add(), added, first),
                part(all.change(), changed, first),
                part(all.remove(), removed, first));
    }

    private static <T> List<T> part(List<T> list, int at, boolean first) {
        return first ? list.subList(0, at) : list.subList(at, list.size());
    }

    private static <T> List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
