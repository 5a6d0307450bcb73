package dev.parley.sfu.scene;

import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.sfu.Codec;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.SlotReport;
import dev.parley.sfu.SlotReports;
import dev.parley.sfu.Source;
import dev.parley.sfu.VoiceReport;
import dev.parley.sfu.VoiceReports;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.relay.RelayLink;
import dev.parley.sfu.rooms.SfuAgent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** One agent with one room, or several that share it, a clock moved by hand, and guests on them. */
public class Scene implements RoomEvents {
    public static final String ROOM = "room";
    /** Wall clock at the scene's time 0. */
    public static final long EPOCH_NANOS = 1_700_000_000_000_000_000L;

    private record Delivery(long atNanos, long order, Runnable act) {}

    private final List<SfuAgent> agents = new ArrayList<>();
    private final List<RelayLink.Ends> links = new ArrayList<>();
    private final Map<Guest, SfuAgent> places = new HashMap<>();
    private final List<Guest> guests = new ArrayList<>();
    private final PriorityQueue<Delivery> deliveries =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::atNanos).thenComparingLong(Delivery::order));
    private long orders;
    private long nanos = 5_000_000_000L;

    /** The room that everybody is in, once there are several, and the one that each packet came into. */
    private final Map<Long, String> whereabouts = new HashMap<>();

    private final Map<String, String> arrivals = new HashMap<>();
    private boolean severalRooms;
    /** Commands take effect with the next turn of the agents. */
    private final List<Long> startedOverAtNanos = new ArrayList<>();
    /** Packets that somebody was sent who was not in their room. */
    public final List<String> strays = new ArrayList<>();

    public final Map<Long, Map<Integer, SlotReport>> slots = new HashMap<>();
    public final Map<Long, List<VoiceReport>> voices = new HashMap<>();
    public final Map<String, List<String>> layersWanted = new HashMap<>();
    public final Map<String, Boolean> flowing = new HashMap<>();
    public final Map<Long, ConnectionQuality> qualities = new HashMap<>();
    public final List<String> log = new ArrayList<>();

    public Scene() {
        this(SfuSettings.defaults("node@test", EPOCH_NANOS));
    }

    public Scene(SfuSettings settings) {
        this(settings, 1, RelayLink.DEFAULT_SLOTS);
    }

    private Scene(SfuSettings settings, int agentCount, int ringSlots) {
        for (int i = 0; i < agentCount; i++) {
            SfuAgent agent = new SfuAgent(settings, ByteBuffer.allocate(2048));
            for (SfuAgent other : agents) {
                RelayLink.Ends ends = RelayLink.inProcess(ringSlots, () -> {}, () -> {});
                agent.connect(ends.first());
                other.connect(ends.second());
                links.add(ends);
            }
            agents.add(agent);
            openPart(i);
        }
    }

    /** Opens this part of the room and joins it with the earlier ones. */
    public void openPart(int part) {
        agents.get(part).openRoom(ROOM, this);
        for (int other = 0; other < part; other++) {
            agents.get(part)
                    .spread(ROOM, links.get(part * (part - 1) / 2 + other).first());
        }
    }

    /** Opens another room, with a part on each agent. */
    public void openRoom(String room) {
        severalRooms = true;
        for (int part = 0; part < agents.size(); part++) {
            agents.get(part).openRoom(room, new Elsewhere(room));
            for (int other = 0; other < part; other++) {
                agents.get(part)
                        .spread(room, links.get(part * (part - 1) / 2 + other).first());
            }
        }
    }

    /** Closes another room. */
    public void endRoom(String room) {
        agents.forEach(agent -> agent.endRoom(room));
    }

    /** Takes a guest to another room. */
    public void move(Guest guest, String room) {
        places.get(guest).move(guest.participant(), room);
        startedOverAtNanos.add(nanos + 1_000_000);
    }

    /** Whether, in that time, anybody went from one room to another, or wished for something else while there are several. */
    boolean startedOverBetween(long fromNanos, long toNanos) {
        return startedOverAtNanos.stream().anyMatch(at -> at >= fromNanos && at <= toNanos);
    }

    /** The room that a guest is in by now. */
    public String where(Guest guest) {
        return whereabouts.getOrDefault(guest.number(), ROOM);
    }

    void onArrival(long publisher, byte[] packet) {
        if (severalRooms) {
            Imprint imprint = Imprint.read(ByteBuffer.wrap(packet), packet.length);
            arrivals.putIfAbsent(name(imprint), whereabouts.getOrDefault(publisher, ROOM));
        }
    }

    void onDelivery(long receiver, Imprint imprint) {
        if (severalRooms && imprint != null) {
            String from = arrivals.getOrDefault(name(imprint), ROOM);
            String to = whereabouts.getOrDefault(receiver, ROOM);
            if (!from.equals(to)) {
                strays.add(imprint + " of " + from + " reached " + receiver + " in " + to);
            }
        }
    }

    private static String name(Imprint imprint) {
        return imprint.publisher() + "/" + imprint.layer() + "/" + imprint.sequence() + "/" + imprint.timestamp();
    }

    /** What another room tells: the same, and that its people are there. */
    private final class Elsewhere implements RoomEvents {
        private final String room;

        private Elsewhere(String room) {
            this.room = room;
        }

        @Override
        public void slotsChanged(long receiver, long revision, SlotReports reports) {
            Scene.this.slotsChanged(receiver, revision, reports);
        }

        @Override
        public void voicesChanged(long receiver, VoiceReports reports) {
            Scene.this.voicesChanged(receiver, reports);
        }

        @Override
        public void layersWanted(long publisher, Source source, List<String> rids) {
            Scene.this.layersWanted(publisher, source, rids);
        }

        @Override
        public void trackFlowing(long publisher, Source source, boolean flows) {
            Scene.this.trackFlowing(publisher, source, flows);
            whereabouts.put(publisher, room);
        }

        @Override
        public void quality(long participant, ConnectionQuality quality) {
            Scene.this.quality(participant, quality);
        }
    }

    /** The links between the agents. */
    public List<RelayLink.Ends> links() {
        return links;
    }

    /** A scene whose room has a part on each of several agents, with number n in part n modulo their count unless said otherwise. */
    public static Scene spreadOver(int agentCount) {
        return spreadOver(agentCount, RelayLink.DEFAULT_SLOTS);
    }

    /** The same with rings of this many slots between them. */
    public static Scene spreadOver(int agentCount, int ringSlots) {
        return new Scene(SfuSettings.defaults("node@test", EPOCH_NANOS), agentCount, ringSlots);
    }

    /** A scene whose receivers' paths are believed to carry this much. */
    public static Scene withBandwidth(long bps) {
        return new Scene(new SfuSettings("node@test", EPOCH_NANOS, 1024, bps, Math.max(bps, 20_000_000)));
    }

    public SfuAgent agent() {
        return agents.getFirst();
    }

    /** The agent with this part of the room. */
    public SfuAgent agent(int part) {
        return agents.get(part);
    }

    /** What all agents counted together. */
    public long count(SfuCounters.Counter counter) {
        return agents.stream().mapToLong(agent -> agent.counters().get(counter)).sum();
    }

    public long nanos() {
        return nanos;
    }

    public Guest join(long number, Dialect dialect) {
        return join(number, dialect, 4, 3);
    }

    public Guest join(long number, Dialect dialect, int videoSlots, int audioSlots) {
        return join(number, dialect, videoSlots, audioSlots, dialect == Dialect.H264_ONLY ? Codec.H264 : Codec.VP8);
    }

    public Guest join(long number, Dialect dialect, int videoSlots, int audioSlots, Codec codec) {
        return join(number, dialect, videoSlots, audioSlots, codec, EnumSet.allOf(ExtensionUri.class));
    }

    /** A guest in this part of the room. */
    public Guest joinPart(int part, long number, Dialect dialect) {
        return joinPart(part, number, dialect, 4, 3);
    }

    public Guest joinPart(int part, long number, Dialect dialect, int videoSlots, int audioSlots) {
        Guest guest =
                new Guest(this, number, dialect, videoSlots, audioSlots, Codec.VP8, EnumSet.allOf(ExtensionUri.class));
        place(guest, agents.get(part));
        return guest;
    }

    private void place(Guest guest, SfuAgent agent) {
        agent.join(ROOM, guest.participant());
        places.put(guest, agent);
        guests.add(guest);
    }

    /** A guest whose audio sections agreed on these header extensions only. */
    public Guest join(
            long number, Dialect dialect, int videoSlots, int audioSlots, Codec codec, Set<ExtensionUri> onAudio) {
        Guest guest = new Guest(this, number, dialect, videoSlots, audioSlots, codec, onAudio);
        place(guest, agents.get((int) (number % agents.size())));
        return guest;
    }

    public void leave(Guest guest) {
        places.get(guest).leave(guest.participant());
        guests.remove(guest);
    }

    public void want(Guest receiver, long revision, WantedSlot... wanted) {
        places.get(receiver).want(where(receiver), receiver.number(), revision, List.of(wanted));
        if (severalRooms) {
            startedOverAtNanos.add(nanos + 1_000_000);
        }
    }

    /** A camera in a tile of this height. */
    public static WantedSlot tile(int slot, Guest of, int height) {
        return new WantedSlot(slot, of.number(), Source.CAMERA, height * 16 / 9, height, 0, false);
    }

    /** A camera on stage. */
    public static WantedSlot stage(int slot, Guest of, int height) {
        return new WantedSlot(slot, of.number(), Source.CAMERA, height * 16 / 9, height, 0, true);
    }

    public void mute(Guest guest, Source source, boolean muted) {
        places.get(guest).mute(where(guest), guest.number(), source, muted);
    }

    void deliver(long delayNanos, Runnable act) {
        if (delayNanos == 0) {
            act.run();
        } else {
            deliveries.add(new Delivery(nanos + delayNanos, orders++, act));
        }
    }

    /** Lets time pass, millisecond by millisecond, while everybody sends. */
    public void run(long millis) {
        for (long i = 0; i < millis; i++) {
            nanos += 1_000_000;
            while (!deliveries.isEmpty() && deliveries.peek().atNanos() <= nanos) {
                deliveries.poll().act().run();
            }
            for (int g = 0; g < guests.size(); g++) {
                guests.get(g).onMillisecond(nanos / 1_000_000);
            }
            work();
        }
    }

    /** Every agent's turn, another one first each time. */
    private void work() {
        int first = (int) (nanos / 1_000_000 % agents.size());
        for (int i = 0; i < agents.size(); i++) {
            agents.get((first + i) % agents.size()).doWork(nanos);
        }
    }

    /** Lets time pass while nobody sends. */
    public void quiet(long millis) {
        for (long i = 0; i < millis; i++) {
            nanos += 1_000_000;
            work();
        }
    }

    public List<Guest> guests() {
        return guests;
    }

    public SlotReport slot(Guest receiver, int slot) {
        return slots.getOrDefault(receiver.number(), Map.of()).get(slot);
    }

    @Override
    public void slotsChanged(long receiver, long revision, SlotReports reports) {
        for (SlotReport report : reports.toList()) {
            slots.computeIfAbsent(receiver, r -> new HashMap<>()).put(report.slot(), report);
            log.add("slot " + receiver + " rev " + revision + " " + report);
        }
    }

    @Override
    public void voicesChanged(long receiver, VoiceReports reports) {
        voices.put(receiver, reports.toList());
    }

    @Override
    public void layersWanted(long publisher, Source source, List<String> rids) {
        layersWanted.put(publisher + " " + source, rids);
        log.add("layers " + publisher + " " + source + " " + rids);
    }

    @Override
    public void trackFlowing(long publisher, Source source, boolean flows) {
        whereabouts.put(publisher, ROOM);
        flowing.put(publisher + " " + source, flows);
        log.add("flows " + publisher + " " + source + " " + flows);
    }

    @Override
    public void quality(long participant, ConnectionQuality quality) {
        qualities.put(participant, quality);
    }
}
