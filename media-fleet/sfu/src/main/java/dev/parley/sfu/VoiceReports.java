package dev.parley.sfu;

import java.util.ArrayList;
import java.util.List;

/** The {@link VoiceReport}s of one receiver's audio slots, without an object for each. Reused; valid during a call. */
public final class VoiceReports {
    private final int[] slots;
    private final long[] participants;
    private final Source[] sources;
    private final int[] levels;
    private final boolean[] speaking;
    private int count;

    /** None, with room for as many as a receiver has slots. */
    public VoiceReports(int capacity) {
        slots = new int[capacity];
        participants = new long[capacity];
        sources = new Source[capacity];
        levels = new int[capacity];
        speaking = new boolean[capacity];
    }

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    /** Adds one; the parameters are those of {@link VoiceReport}. */
    public void add(int slot, long participant, Source source, int level, boolean speaks) {
        slots[count] = slot;
        participants[count] = participant;
        sources[count] = source;
        levels[count] = level;
        speaking[count] = speaks;
        count++;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** {@link VoiceReport#slot} of one of them. */
    public int slot(int index) {
        return slots[index];
    }

    /** {@link VoiceReport#participant} of one of them. */
    public long participant(int index) {
        return participants[index];
    }

    /** {@link VoiceReport#level} of one of them. */
    public int level(int index) {
        return levels[index];
    }

    /** {@link VoiceReport#speaking} of one of them. */
    public boolean speaking(int index) {
        return speaking[index];
    }

    /** All of them as objects, to be kept. */
    public List<VoiceReport> toList() {
        List<VoiceReport> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(new VoiceReport(slots[i], participants[i], sources[i], levels[i], speaking[i]));
        }
        return List.copyOf(list);
    }
}
