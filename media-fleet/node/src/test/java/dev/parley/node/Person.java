package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.Breakouts;
import dev.parley.peer.Peer;
import dev.parley.peer.PeerOptions;
import dev.parley.peer.SlotStats;
import dev.parley.peer.media.DemoMedia;
import dev.parley.peer.media.MediaFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A headless participant on a node under test, and all it heard. */
final class Person implements Peer.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final List<ChannelMessage> heard = new CopyOnWriteArrayList<>();
    final Map<String, RosterEntry> roster = new ConcurrentHashMap<>();
    volatile boolean connected;
    volatile String closed = "";
    final Peer peer;
    volatile int port;

    Person(NodeUnderTest node, String room, int number) throws Exception {
        this(node, room, number, 3, 4);
    }

    Person(NodeUnderTest node, String room, int number, int audioSlots, int videoSlots) throws Exception {
        this(node, room, number, audioSlots, videoSlots, null);
    }

    /** @param breakouts what the control plane knows of this one's place, null for nothing */
    Person(NodeUnderTest node, String room, int number, int audioSlots, int videoSlots, Breakouts breakouts)
            throws Exception {
        peer = Peer.join(
                PeerOptions.defaults().withSlots(audioSlots, videoSlots),
                media(),
                (offer, tracks) -> {
                    String sdp =
                            node.open(room, number, offer, tracks, breakouts).sdp();
                    port = portOf(sdp);
                    return sdp;
                },
                this);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(connected).isTrue());
    }

    /** The port of the answer's candidate: each agent has its own. */
    static int portOf(String sdp) {
        String candidate = sdp.lines()
                .filter(line -> line.startsWith("a=candidate:"))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(candidate.split(" ")[5]);
    }

    @Override
    public void connected(Peer connectedPeer) {
        connected = true;
    }

    @Override
    public void message(Peer from, ChannelMessage message) {
        heard.add(message);
        if (message instanceof ChannelMessage.Roster change) {
            if (change.full()) {
                roster.clear();
                change.participants().forEach(entry -> roster.put(entry.participant(), entry));
            }
            if (change.add() != null) {
                change.add().forEach(entry -> roster.put(entry.participant(), entry));
            }
            if (change.change() != null) {
                change.change().forEach(entry -> roster.put(entry.participant(), entry));
            }
            if (change.remove() != null) {
                change.remove().forEach(roster::remove);
            }
        }
    }

    @Override
    public void closed(Peer from, String why) {
        closed = why.isEmpty() ? "closed" : why;
    }

    void watch(int number) {
        peer.want(number, List.of(new WantedSlot(0, "p_" + number, Source.CAMERA, 320, 180, 0, true)));
    }

    boolean heard(Predicate<ChannelMessage> which) {
        return heard.stream().anyMatch(which);
    }

    boolean muted(String participant, Source source) {
        return roster.get(participant).sources().stream().anyMatch(state -> state.source() == source && state.muted());
    }

    /** The number of whom this slot shows, 0 while it shows nobody. */
    long carriedBy(int slot) {
        return peer.stats().slots().stream()
                .filter(stats -> stats.video() && stats.index() == slot)
                .findFirst()
                .map(SlotStats::csrc)
                .orElse(0L);
    }

    /** The numbers of those whom it has heard last, one for each slot that carries anybody. */
    Set<Long> voices() {
        return carried(false);
    }

    /** The same for pictures. */
    Set<Long> pictures() {
        return carried(true);
    }

    private Set<Long> carried(boolean video) {
        return peer.stats().slots().stream()
                .filter(stats -> stats.video() == video && stats.csrc() != 0)
                .map(SlotStats::csrc)
                .collect(Collectors.toSet());
    }

    void leave() {
        peer.close();
    }

    @Override
    public void close() {
        leave();
    }

    /** Frames that look like VP8 and Opus from outside. */
    private static DemoMedia.Person media() {
        List<MediaFile> layers = new ArrayList<>();
        for (int size : new int[] {300, 1500, 5000}) {
            List<MediaFile.Frame> frames = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                byte[] data = new byte[size];
                data[0] = (byte) (i % 25 == 0 ? 0x10 : 0x11);
                frames.add(new MediaFile.Frame(i % 25 == 0, 127, data));
            }
            layers.add(new MediaFile(MediaFile.Codec.VP8, 320, 180, 90_000, 3_600, frames));
        }
        List<MediaFile.Frame> voice = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            voice.add(new MediaFile.Frame(true, 30, new byte[40]));
        }
        return new DemoMedia.Person("Ana", layers, new MediaFile(MediaFile.Codec.OPUS, 0, 0, 48_000, 960, voice));
    }
}
