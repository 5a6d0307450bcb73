package dev.parley.sfu.relay;

import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.SsrcMap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;

/**
 * One agent's end of its link to another agent, for all rooms they have in common. Belongs to the agent's thread once it is connected.
 *
 * <p>It knows records, not what carries them: in a process that is a {@link RelayRing} each way.
 */
public final class RelayLink {
    /** Slots of a ring in a process: 4 MB, twenty milliseconds at 100,000 packets a second. */
    public static final int DEFAULT_SLOTS = 2048;

    private final RelaySender out;
    private final RelayReceiver in;
    private final Queue<RelayMessage> waiting = new ArrayDeque<>();
    private final SsrcMap<Export> exports = new SsrcMap<>();
    private final SsrcMap<MirrorTrack> mirrors = new SsrcMap<>();
    private final RelayRecords incoming = new Incoming();
    private SfuCounters counters;
    private Function<String, RoomRelay> rooms;
    private int lastNumber;
    private long nowNanos;

    /** An end that speaks through {@code out} and hears through {@code in}. */
    public RelayLink(RelaySender out, RelayReceiver in) {
        this.out = out;
        this.in = in;
    }

    /** The two ends of a link. */
    public record Ends(RelayLink first, RelayLink second) {}

    /**
     * A link between two agents of one process.
     *
     * @param slots of each of its two rings, a power of two
     * @param wakeFirst ends a rest of the agent that gets the first end; called at most once a duty cycle of the other
     * @param wakeSecond the same for the second
     */
    public static Ends inProcess(int slots, Runnable wakeFirst, Runnable wakeSecond) {
        RelayRing there = new RelayRing(slots);
        RelayRing back = new RelayRing(slots);
        return new Ends(
                new RelayLink(new RingSender(there, slots, wakeSecond), new RingReceiver(back, slots)),
                new RelayLink(new RingSender(back, slots, wakeFirst), new RingReceiver(there, slots)));
    }

    /** Gives the end to its agent. {@code roomsByKey} answers null for a room that is not open there. */
    public void connect(SfuCounters agentCounters, Function<String, RoomRelay> roomsByKey) {
        counters = agentCounters;
        rooms = roomsByKey;
    }

    /** Takes in what has come; answers how much. */
    public int receive(long now) {
        nowNanos = now;
        return in.receive(incoming);
    }

    /** Sees to it that the other end looks at what it was sent. */
    public void flush() {
        while (!waiting.isEmpty() && out.message(waiting.peek())) {
            waiting.remove();
        }
        out.flush();
    }

    // ---- for the parts

    /** Sends a message, after those that found the link full. */
    void send(RelayMessage message) {
        if (!waiting.isEmpty() || !out.message(message)) {
            waiting.add(message);
        }
    }

    /** Whether messages wait: what is said of tracks would come before them. */
    boolean behind() {
        return !waiting.isEmpty();
    }

    /** How many tracks of both sides this end knows. */
    public int tracks() {
        return exports.size() + mirrors.size();
    }

    int newNumber() {
        return ++lastNumber;
    }

    void add(Export export) {
        exports.put(export.number(), export);
    }

    void remove(Export export) {
        exports.remove(export.number());
    }

    void add(MirrorTrack track) {
        mirrors.put(track.number(), track);
    }

    void remove(MirrorTrack track) {
        mirrors.remove(track.number());
    }

    void packet(int track, int layer, int life, int format, MediaPacket packet) {
        boolean taken = out.packet(track, layer, life, format, packet);
        counters.add(taken ? Counter.RELAYED_OUT : Counter.RELAY_DROPPED, 1);
    }

    boolean state(int track, int layer, int life, boolean flowing, int height, long bitrateBps, int format) {
        return out.state(track, layer, life, flowing, height, bitrateBps, format);
    }

    boolean loudness(int track, double value, boolean speaking) {
        return out.loudness(track, value, speaking);
    }

    boolean muted(int track, boolean muted) {
        return out.muted(track, muted);
    }

    boolean report(int track, int layer, int life, long ntpTime, long timestamp, long ageNanos) {
        return out.report(track, layer, life, ntpTime, timestamp, ageNanos);
    }

    boolean wish(int track, int wished, int watched) {
        return out.wish(track, wished, watched);
    }

    boolean keyFrame(int track, int layer) {
        return out.keyFrame(track, layer);
    }

    void missing(int track, int layer, int life, int sequenceNumber) {
        // One that finds no room is due again soon.
        out.missing(track, layer, life, sequenceNumber);
    }

    /** What the other end says. Of tracks and rooms that are not, or no longer, it speaks in vain. */
    private final class Incoming implements RelayRecords {
        @Override
        public boolean message(RelayMessage message) {
            RoomRelay room = rooms.apply(message.room());
            if (room != null) {
                room.onMessage(RelayLink.this, message, nowNanos);
            }
            return true;
        }

        @Override
        public boolean packet(int track, int layer, int life, int format, MediaPacket packet) {
            MirrorTrack mirror = mirrors.get(track);
            if (mirror != null) {
                counters.add(Counter.RELAYED_IN, 1);
                mirror.onPacket(layer, life, format, packet, nowNanos);
            }
            return true;
        }

        @Override
        public boolean state(int track, int layer, int life, boolean flowing, int height, long bitrateBps, int format) {
            MirrorTrack mirror = mirrors.get(track);
            if (mirror != null) {
                mirror.onState(layer, life, flowing, height, bitrateBps, format);
            }
            return true;
        }

        @Override
        public boolean loudness(int track, double value, boolean speaking) {
            MirrorTrack mirror = mirrors.get(track);
            if (mirror != null) {
                mirror.onLoudness(value, speaking);
            }
            return true;
        }

        @Override
        public boolean muted(int track, boolean muted) {
            MirrorTrack mirror = mirrors.get(track);
            if (mirror != null) {
                mirror.track().muted(muted);
            }
            return true;
        }

        @Override
        public boolean report(int track, int layer, int life, long ntpTime, long timestamp, long ageNanos) {
            MirrorTrack mirror = mirrors.get(track);
            if (mirror != null) {
                mirror.onReport(layer, life, ntpTime, timestamp, nowNanos - ageNanos);
            }
            return true;
        }

        @Override
        public boolean wish(int track, int wished, int watched) {
            Export export = exports.get(track);
            if (export != null) {
                export.onWish(wished, watched);
            }
            return true;
        }

        @Override
        public boolean keyFrame(int track, int layer) {
            Export export = exports.get(track);
            if (export != null) {
                export.onKeyFrame(layer);
            }
            return true;
        }

        @Override
        public boolean missing(int track, int layer, int life, int sequenceNumber) {
            Export export = exports.get(track);
            if (export != null) {
                export.onMissing(layer, life, sequenceNumber);
            }
            return true;
        }
    }
}
