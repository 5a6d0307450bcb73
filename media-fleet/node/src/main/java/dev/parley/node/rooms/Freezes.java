package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage.SlotQuality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often pictures stood still for one person. Their client says for each slot how often it did since it connected; what is new since the
 * last word counts. What it says is taken within bounds. Belongs to the room's conductor.
 */
final class Freezes {
    /** More than this of one slot between two words is not believed. */
    private static final int MOST_AT_ONCE = 30;

    private final Map<Integer, Integer> totals = new HashMap<>();

    /**
     * Takes what a client said.
     *
     * @param slots how many video slots it has
     * @return how many are new
     */
    int take(List<SlotQuality> said, int slots) {
        int fresh = 0;
        if (said != null) {
            for (SlotQuality slot : said) {
                if (slot != null && slot.slot() >= 0 && slot.slot() < slots) {
                    int total = Math.max(0, slot.freezes());
                    Integer before = totals.put(slot.slot(), total);
                    fresh += Math.clamp((long) total - (before == null ? 0 : before), 0, MOST_AT_ONCE);
                }
            }
        }
        return Math.min(fresh, MOST_AT_ONCE * slots);
    }
}
