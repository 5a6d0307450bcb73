package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What has changed in a roster since everybody was last told: who came and went in between is never mentioned. */
final class RosterNews {
    private final Set<String> told = new HashSet<>();
    private final Set<String> touched = new LinkedHashSet<>();

    /** Notes that somebody came, changed or left. */
    void touch(String participant) {
        touched.add(participant);
    }

    boolean isEmpty() {
        return touched.isEmpty();
    }

    /**
     * The messages that bring everybody up to date, and nothing is new any more.
     *
     * @param present how somebody is now, null for who is not here
     */
    List<String> take(long revision, Function<String, RosterEntry> present) {
        List<RosterEntry> added = new ArrayList<>();
        List<RosterEntry> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String participant : touched) {
            RosterEntry entry = present.apply(participant);
            if (entry != null) {
                (told.add(participant) ? added : changed).add(entry);
            } else if (told.remove(participant)) {
                removed.add(participant);
            }
        }
        touched.clear();
        return ChannelText.changes(revision, added, changed, removed);
    }

    /** Forgets everybody. */
    void clear() {
        told.clear();
        touched.clear();
    }
}
