package dev.parley.sfu;

import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.SlotReport.Why;
import java.util.ArrayList;
import java.util.List;

/** Some {@link SlotReport}s, each for another slot of one receiver, without an object for each. Reused; valid during a call. */
public final class SlotReports {
    private final int[] slots;
    private final State[] states;
    private final long[] participants;
    private final Source[] sources;
    private final String[] layers;
    private final Why[] whys;
    private int count;

    /** None, with room for as many as a receiver has slots. */
    public SlotReports(int capacity) {
        slots = new int[capacity];
        states = new State[capacity];
        participants = new long[capacity];
        sources = new Source[capacity];
        layers = new String[capacity];
        whys = new Why[capacity];
    }

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    /** Adds one; the parameters are those of {@link SlotReport}. */
    public void add(int slot, State state, long participant, Source source, String layer, Why why) {
        slots[count] = slot;
        states[count] = state;
        participants[count] = participant;
        sources[count] = source;
        layers[count] = layer;
        whys[count] = why;
        count++;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** {@link SlotReport#slot} of one of them. */
    public int slot(int index) {
        return slots[index];
    }

    /** {@link SlotReport#state} of one of them. */
    public State state(int index) {
        return states[index];
    }

    /** {@link SlotReport#participant} of one of them. */
    public long participant(int index) {
        return participants[index];
    }

    /** {@link SlotReport#source} of one of them. */
    public Source source(int index) {
        return sources[index];
    }

    /** {@link SlotReport#layer} of one of them. */
    public String layer(int index) {
        return layers[index];
    }

    /** {@link SlotReport#why} of one of them. */
    public Why why(int index) {
        return whys[index];
    }

    /** All of them as objects, to be kept. */
    public List<SlotReport> toList() {
        List<SlotReport> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(new SlotReport(slots[i], states[i], participants[i], sources[i], layers[i], whys[i]));
        }
        return List.copyOf(list);
    }
}
