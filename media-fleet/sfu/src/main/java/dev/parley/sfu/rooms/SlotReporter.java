package dev.parley.sfu.rooms;

import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.SlotReports;
import dev.parley.sfu.Source;
import dev.parley.sfu.allocation.SlotChoice;
import dev.parley.sfu.allocation.VideoAllocation;
import dev.parley.sfu.slots.VideoSlot;
import dev.parley.sfu.tracks.Layer;

/**
 * Tells a receiver what its video slots carry, once per change. A slot that waits for a key frame says nothing for {@link #PATIENCE_NANOS}: the picture is
 * on its way.
 */
final class SlotReporter {
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final VideoSlot[] slots;
    private final Told[] told;
    private final SlotReports changes;

    /** What was said of a slot last. */
    private static final class Told {
        private boolean due;
        private State state = State.EMPTY;
        private long participant;
        private Source source = Source.CAMERA;
        private String layer = "";
        private Why why = Why.NOTHING;
        private long waitingSinceNanos = NOT_WAITING;
    }

    SlotReporter(VideoSlot[] slots) {
        this.slots = slots;
        told = new Told[slots.length];
        for (int i = 0; i < slots.length; i++) {
            told[i] = new Told();
        }
        changes = new SlotReports(slots.length);
    }

    /** A new wish is to be answered for every slot it names, changed or not. */
    void repeat(int slot) {
        told[slot].due = true;
    }

    /** The slots that changed, often none; valid until the next call. */
    SlotReports changes(VideoAllocation choices, long nowNanos) {
        changes.clear();
        for (int i = 0; i < slots.length; i++) {
            SlotChoice choice = choices.choice(i);
            if (!waits(i, choice, nowNanos)) {
                compare(i, choice);
            }
        }
        return changes;
    }

    /** Whether the slot's picture is on its way, and not for long. */
    private boolean waits(int i, SlotChoice choice, long nowNanos) {
        boolean waiting = choice.layer() != null && slots[i].current() == null;
        if (!waiting) {
            told[i].waitingSinceNanos = NOT_WAITING;
        } else if (told[i].waitingSinceNanos == NOT_WAITING) {
            told[i].waitingSinceNanos = nowNanos;
        }
        return waiting && nowNanos - told[i].waitingSinceNanos < PATIENCE_NANOS;
    }

    private void compare(int i, SlotChoice choice) {
        Told last = told[i];
        State state = state(i, choice);
        long participant = slots[i].want().participant();
        Source source = slots[i].want().source();
        String layer = layer(i, choice);
        Why why = why(i, choice);
        boolean same = last.state == state
                && last.why == why
                && last.layer.equals(layer)
                && last.participant == participant
                && last.source == source;
        if (same && !last.due) {
            return;
        }
        last.due = false;
        last.state = state;
        last.participant = participant;
        last.source = source;
        last.layer = layer;
        last.why = why;
        changes.add(i, state, participant, source, layer, why);
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
