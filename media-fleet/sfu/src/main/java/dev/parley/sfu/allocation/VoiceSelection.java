package dev.parley.sfu.allocation;

import dev.parley.sfu.VoiceReports;
import dev.parley.sfu.slots.AudioSlot;
import dev.parley.sfu.tracks.Track;
import java.util.List;

/**
 * Gives one receiver's audio slots to the loudest voices of the others.
 *
 * <p>While there are no more voices than slots, each has its own for good, and nothing ever switches. Otherwise a voice that speaks takes the slot of the
 * quietest one, when it is louder by {@link #MARGIN} and that one had its slot for {@link #HOLD_NANOS} or fell silent.
 *
 * <p>Example with three slots and five people: A, B and C have slots, C with loudness 70. D begins to speak at 90 and takes C's slot once C had it for a
 * second; E coughs at 74 and gets none.
 */
public final class VoiceSelection {
    /** How much louder, in dB, a voice must be than the one it replaces. */
    public static final double MARGIN = 6;
    /** How long a voice that speaks keeps its slot. */
    public static final long HOLD_NANOS = 1_000_000_000L;

    private static final long REPORT_NANOS = 200_000_000L;
    private static final int LEVEL_STEP = 6;

    private final AudioSlot[] slots;
    private final Track[] toldTracks;
    private final int[] toldLevels;
    private final boolean[] toldSpeaking;
    private final VoiceReports report;
    private long toldAtNanos;
    private boolean told;
    private boolean repeatDue;

    /** Chooses for these slots. */
    public VoiceSelection(AudioSlot[] slots) {
        this.slots = slots;
        toldTracks = new Track[slots.length];
        toldLevels = new int[slots.length];
        toldSpeaking = new boolean[slots.length];
        report = new VoiceReports(slots.length);
    }

    /**
     * Chooses anew.
     *
     * @param voices all sound tracks of the room
     * @param self the receiver's number: nobody hears himself
     */
    public void run(List<Track> voices, long self, long nowNanos) {
        fill(voices, self, nowNanos);
        if (slots.length == 0) {
            return;
        }
        Track loudest = loudestOutside(voices, self);
        AudioSlot quietest = quietest();
        if (loudest == null || quietest == null || !loudest.loudness().speaking()) {
            return;
        }
        Track holder = quietest.track();
        boolean louder = loudest.loudness().value() > holder.loudness().value() + MARGIN;
        boolean mayGo = !holder.loudness().speaking() || nowNanos - quietest.assignedAtNanos() >= HOLD_NANOS;
        if (louder && mayGo) {
            quietest.assign(loudest, nowNanos);
        }
    }

    private void fill(List<Track> voices, long self, long nowNanos) {
        for (AudioSlot slot : slots) {
            if (slot.track() == null) {
                Track voice = loudestOutside(voices, self);
                if (voice == null) {
                    return;
                }
                slot.assign(voice, nowNanos);
            }
        }
    }

    private Track loudestOutside(List<Track> voices, long self) {
        Track best = null;
        for (int i = 0; i < voices.size(); i++) {
            Track voice = voices.get(i);
            if (voice.publisher() != self
                    && !isInside(voice)
                    && (best == null
                            || voice.loudness().value() > best.loudness().value())) {
                best = voice;
            }
        }
        return best;
    }

    private boolean isInside(Track voice) {
        for (AudioSlot slot : slots) {
            if (slot.track() == voice) {
                return true;
            }
        }
        return false;
    }

    private AudioSlot quietest() {
        AudioSlot found = null;
        for (AudioSlot slot : slots) {
            if (slot.track() != null
                    && (found == null
                            || slot.track().loudness().value()
                                    < found.track().loudness().value())) {
                found = slot;
            }
        }
        return found;
    }

    /** What the receiver was told may not have reached it: it is told again, changed or not. */
    public void repeat() {
        repeatDue = true;
    }

    /** Whether the receiver is to be told: voices or their speaking changed, or a speaker's level did by 6 dB; at most every 200 ms. */
    public boolean takeReportDue(long nowNanos) {
        if (!repeatDue && (told && nowNanos - toldAtNanos < REPORT_NANOS || !changed())) {
            return false;
        }
        repeatDue = false;
        for (int i = 0; i < slots.length; i++) {
            Track track = slots[i].track();
            toldTracks[i] = track;
            toldSpeaking[i] = track != null && track.loudness().speaking();
            toldLevels[i] = track == null ? 0 : track.loudness().level();
        }
        told = true;
        toldAtNanos = nowNanos;
        return true;
    }

    private boolean changed() {
        for (int i = 0; i < slots.length; i++) {
            Track track = slots[i].track();
            if (track != toldTracks[i]) {
                return true;
            }
            if (track != null) {
                boolean speaking = track.loudness().speaking();
                boolean moved = Math.abs(track.loudness().level() - toldLevels[i]) >= LEVEL_STEP;
                if (speaking != toldSpeaking[i] || speaking && moved) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The voices in the slots now; valid until the next call. */
    public VoiceReports report() {
        report.clear();
        for (AudioSlot slot : slots) {
            Track track = slot.track();
            if (track != null) {
                report.add(
                        slot.index(),
                        track.publisher(),
                        track.source(),
                        track.loudness().level(),
                        track.loudness().speaking());
            }
        }
        return report;
    }
}
