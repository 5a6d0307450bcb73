package dev.parley.node.rooms;

import dev.parley.platform.nodes.LayerCounts;
import dev.parley.sfu.SlotReport;
import java.util.HashMap;
import java.util.Map;

/** What one person's video slots carry, as the agent last said. Belongs to the room's conductor. */
final class Pictures {
    private enum Kind {
        Q,
        H,
        F,
        SINGLE,
        HELD
    }

    private final Map<Integer, Kind> slots = new HashMap<>();

    /** Notes one slot. */
    void note(int slot, SlotReport.State state, String layer, SlotReport.Why why) {
        Kind kind = kind(state, layer, why);
        if (kind == null) {
            slots.remove(slot);
        } else {
            slots.put(slot, kind);
        }
    }

    private static Kind kind(SlotReport.State state, String layer, SlotReport.Why why) {
        return switch (state) {
            case LIVE ->
                switch (layer) {
                    case "q" -> Kind.Q;
                    case "h" -> Kind.H;
                    case "f" -> Kind.F;
                    default -> Kind.SINGLE;
                };
            case PAUSED -> why == SlotReport.Why.BANDWIDTH || why == SlotReport.Why.CAPACITY ? Kind.HELD : null;
            case EMPTY -> null;
        };
    }

    /** How many there are of each kind. */
    LayerCounts counts() {
        return new LayerCounts(count(Kind.Q), count(Kind.H), count(Kind.F), count(Kind.SINGLE), count(Kind.HELD));
    }

    private int count(Kind kind) {
        return (int) slots.values().stream().filter(one -> one == kind).count();
    }
}
