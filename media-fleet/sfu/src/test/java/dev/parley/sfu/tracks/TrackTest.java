package dev.parley.sfu.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackTest {
    private static final int LOWEST = 1;
    private static final int HIGHEST = 1 << 2;

    private final Track track = new Track(
            1,
            new PublishedSource(
                    "0", Source.CAMERA, List.of("q", "h", "f"), PublishedSource.UNKNOWN, PublishedSource.UNKNOWN),
            new PublisherClock());
    private final Layer[] layers = {track.start(0, 10, 90_000), track.start(1, 11, 90_000), track.start(2, 12, 90_000)};
    private final PacketRun run = new PacketRun();

    /** Notes the layers it was shown. */
    private static final class Watcher implements TrackSubscriber {
        private final List<Integer> seen = new ArrayList<>();

        @Override
        public void onPackets(Layer layer, PacketRun run, long nowNanos) {
            seen.add(layer.index());
        }

        @Override
        public void onInterrupted() {
            seen.add(-1);
        }
    }

    private void forwardAll() {
        for (Layer layer : layers) {
            track.forward(layer, run, 0);
        }
    }

    @Test
    void showsASubscriberEveryLayerUntilItSaysWhich() {
        Watcher all = new Watcher();
        Watcher some = new Watcher();
        track.subscribe(all);
        track.subscribe(some);
        track.show(some, LOWEST | HIGHEST);
        forwardAll();
        assertThat(all.seen).containsExactly(0, 1, 2);
        assertThat(some.seen).containsExactly(0, 2);
    }

    @Test
    void knowsWhichLayersNobodyIsShown() {
        Watcher first = new Watcher();
        Watcher second = new Watcher();
        track.subscribe(first);
        track.subscribe(second);
        track.show(first, LOWEST);
        track.show(second, HIGHEST);
        assertThat(track.shows(layers[0])).isTrue();
        assertThat(track.shows(layers[1])).isFalse();
        assertThat(track.shows(layers[2])).isTrue();
        track.unsubscribe(first);
        assertThat(track.shows(layers[0])).isFalse();
        assertThat(track.shows(layers[2])).isTrue();
    }

    @Test
    void keepsWhatEachIsShownWhenOneGoesAndOthersCome() {
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Watcher watcher = new Watcher();
            watchers.add(watcher);
            track.subscribe(watcher);
            track.show(watcher, 1 << i % 3);
        }
        track.unsubscribe(watchers.removeFirst());
        forwardAll();
        for (int i = 0; i < watchers.size(); i++) {
            assertThat(watchers.get(i).seen).containsExactly((i + 1) % 3);
        }
    }

    @Test
    void tellsAllWhoAreInterruptedWhateverTheyAreShown() {
        Watcher watcher = new Watcher();
        track.subscribe(watcher);
        track.show(watcher, 0);
        forwardAll();
        track.muted(true);
        assertThat(watcher.seen).containsExactly(-1);
    }
}
