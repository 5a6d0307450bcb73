package dev.parley.sfu.rooms;

import dev.parley.sfu.SlotReport;
import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.Source;
import dev.parley.sfu.allocation.SlotChoice;
import dev.parley.sfu.allocation.VideoAllocation;
import dev.parley.sfu.slots.VideoSlot;
import dev.parley.sfu.tracks.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a receiver what its video slots carry, once per change. A slot that waits for a key frame says nothing for {@link #PATIENCE_NANOS}: the picture is
 * on its way.
 */
final class SlotReporter {
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final VideoSlot[] slots;
    private final SlotReport[] told;
    private final long[] waitingSinceNanos;

    SlotReporter(VideoSlot[] slots) {
        this.slots = slots;
        told = new SlotReport[slots.length];
        waitingSinceNanos = new long[slots.length];
        for (int i = 0; i < slots.length; i++) {
            told[i] = new SlotReport(i, State.EMPTY, 0, Source.CAMERA, "", Why.NOTHING);
            waitingSinceNanos[i] = NOT_WAITING;
        }
    }

    /** A new wish is to be answered for every slot it names, changed or not. */
    void repeat(int slot) {
        told[slot] = null;
    }

    /** The slots that changed; empty when none did. */
    List<SlotReport> changes(VideoAllocation choices, long nowNanos) {
        List<SlotReport> changes = List.of();
        for (int i = 0; i < slots.length; i++) {
            if (!unchanged(i, choices.choice(i), nowNanos)) {
                if (changes.isEmpty()) {
                    changes = new ArrayList<>();
                }
                told[i] = report(i, choices.choice(i));
                changes.add(told[i]);
            }
        }
        return changes;
    }

    private boolean unchanged(int i, SlotChoice choice, long nowNanos) {
        SlotReport last = told[i];
        boolean waiting = choice.layer() != null && slots[i].current() == null;
        if (!waiting) {
            waitingSinceNanos[i] = NOT_WAITING;
        } else if (waitingSinceNanos[i] == NOT_WAITING) {
            waitingSinceNanos[i] = nowNanos;
        }
        if (waiting && nowNanos - waitingSinceNanos[i] < PATIENCE_NANOS) {
            return true;
        }
        return last != null
                && last.state() == state(i, choice)
                && last.why() == why(i, choice)
                && last.layer().equals(layer(i, choice))
                && last.participant() == slots[i].want().participant()
                && last.source() == slots[i].want().source();
    }

    private SlotReport report(int i, SlotChoice choice) {
        return new SlotReport(
                i,
                state(i, choice),
                slots[i].want().participant(),
                slots[i].want().source(),
                layer(i, choice),
                why(i, choice));
    }

    private State state(int i, SlotChoice choice) {
        if (slots[i].want().participant() == 0) {
            return State.EMPTY;
        }
        return sent(i, choice) == null ? State.PAUSED : State.LIVE;
    }

    /** The layer that reaches the receiver now; null when none does. */
    private Layer sent(int i, SlotChoice choice) {
        return choice.layer() == null ? null : slots[i].current();
    }

    private Why why(int i, SlotChoice choice) {
        return choice.layer() != null && slots[i].current() == null ? Why.PUBLISHER : choice.why();
    }

    private String layer(int i, SlotChoice choice) {
        Layer current = sent(i, choice);
        return current == null ? "" : current.track().rid(current.index());
    }
}
