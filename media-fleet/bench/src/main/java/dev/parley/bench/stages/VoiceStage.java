package dev.parley.bench.stages;

import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.Source;
import dev.parley.sfu.allocation.VoiceSelection;
import dev.parley.sfu.tracks.PublisherClock;
import dev.parley.sfu.tracks.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The loudest of 150 voices for one receiver's three audio slots, and the level of one packet taken in. */
@State(Scope.Thread)
public class VoiceStage {
    private static final int VOICES = 150;
    private static final int SPEAKING = 30;
    private static final int QUIET = 90;

    private final List<Track> voices = new ArrayList<>();
    private final Random random = new Random(1);
    private VoiceSelection selection;
    private long nowNanos = 1_000_000_000L;
    private int speaker;

    @Setup
    public void gather() {
        for (int i = 0; i < VOICES; i++) {
            voices.add(new Track(10 + i, PublishedSource.of("0", Source.MICROPHONE), new PublisherClock()));
        }
        selection = new VoiceSelection(new Receiver(1, 0, 3).audioSlots());
    }

    @Benchmark
    public void level() {
        speaker = (speaker + 1) % VOICES;
        voices.get(speaker).loudness().onPacket(speaker % 10 == 0 ? SPEAKING : QUIET, nowNanos);
    }

    @Benchmark
    public boolean select() {
        nowNanos += 50_000_000L;
        int changing = random.nextInt(VOICES);
        voices.get(changing).loudness().onPacket(changing % 10 == 0 ? SPEAKING : QUIET, nowNanos);
        selection.run(voices, 10, nowNanos);
        return selection.takeReportDue(nowNanos);
    }
}
