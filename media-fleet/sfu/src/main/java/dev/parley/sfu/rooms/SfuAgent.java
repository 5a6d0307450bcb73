package dev.parley.sfu.rooms;

import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.relay.RelayLink;
import dev.parley.sfu.relay.RoomRelay;
import dev.parley.sfu.tracks.Gathering;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * All rooms of one agent. One thread calls {@link #doWork} and hands in the packets of the participants; any other thread talks to it through commands,
 * which wait in a bounded queue and are carried out in order by the next {@link #doWork}. Time is whatever the caller says.
 */
public final class SfuAgent {
    /** Least size of the buffer in which packets are written. */
    public static final int SCRATCH_BYTES = 2048;

    private final SfuSettings settings;
    private final ByteBuffer scratch;
    private final CommandQueue commands;
    private final SfuCounters counters = new SfuCounters();
    private final Gathering gathering = new Gathering();
    private final Map<String, Room> roomsByKey = new HashMap<>();
    private final List<Room> rooms = new ArrayList<>();
    private final List<RelayLink> links = new ArrayList<>();
    private long parts;
    private long nowNanos;
    private long nextTickNanos;
    private boolean started;

    /**
     * An agent without rooms.
     *
     * @param scratch where outgoing packets are written before they go into their sinks, at least {@link #SCRATCH_BYTES}
     */
    public SfuAgent(SfuSettings settings, ByteBuffer scratch) {
        if (scratch.capacity() < SCRATCH_BYTES) {
            throw new IllegalArgumentException("scratch buffer of " + scratch.capacity() + " bytes");
        }
        this.settings = settings;
        this.scratch = scratch;
        commands = new CommandQueue(settings.commandQueueSize());
    }

    /** Opens a room; ignored when it is open. Any thread. False when the command queue is full. */
    public boolean openRoom(String room, RoomEvents events) {
        Objects.requireNonNull(events, "events");
        return commands.offer(() -> open(room, events));
    }

    /** Brings a participant into an open room, in place of one with the same number. Any thread. False when the command queue is full. */
    public boolean join(String room, Participant participant) {
        Objects.requireNonNull(participant, "participant");
        return offer(room, open -> open.join(participant, nowNanos));
    }

    /** Takes a session out of its room; ignored when another one with its number has taken its place. Any thread. False when the command queue is full. */
    public boolean leave(String room, Participant participant) {
        return offer(room, open -> open.leave(participant, nowNanos));
    }

    /** Takes a session out of whatever room of this agent it is in. Any thread. False when the command queue is full. */
    public boolean leave(Participant participant) {
        return commands.offer(() -> {
            Room room = participant.room();
            if (room != null) {
                room.leave(participant, nowNanos);
            }
        });
    }

    /**
     * Takes a session from the room it is in to another open one of this agent: its streams and its slots stay the same, and nobody in either room sees or
     * hears anything of the other. Ignored when it is in no room. Any thread. False when the command queue is full.
     */
    public boolean move(Participant participant, String to) {
        Objects.requireNonNull(participant, "participant");
        return offer(to, open -> open.welcome(participant, nowNanos));
    }

    /** Takes whoever has this number out of the room. Any thread. False when the command queue is full. */
    public boolean kick(String room, long number) {
        return offer(room, open -> open.leave(number, nowNanos));
    }

    /** Replaces what a receiver would like to see; slots that are not named become empty. Any thread. False when the command queue is full. */
    public boolean want(String room, long receiver, long revision, List<WantedSlot> slots) {
        List<WantedSlot> wanted = List.copyOf(slots);
        return offer(room, open -> open.want(receiver, revision, wanted));
    }

    /** Drops a source's packets at the door, or lets them in again. Any thread. False when the command queue is full. */
    public boolean mute(String room, long participant, Source source, boolean muted) {
        return offer(room, open -> open.mute(participant, source, muted));
    }

    /** Gives the agent its end of a link to another agent. Any thread. False when the command queue is full. */
    public boolean connect(RelayLink link) {
        Objects.requireNonNull(link, "link");
        return commands.offer(() -> {
            link.connect(counters, this::relay);
            links.add(link);
        });
    }

    /**
     * Makes an open room one with the room of the same key at the other end of a link that was connected before; asked of one of the two agents. Any thread.
     * False when the command queue is full.
     */
    public boolean spread(String room, RelayLink link) {
        return offer(room, open -> open.spread(link));
    }

    /** Closes a room; everybody is taken out. Any thread. False when the command queue is full. */
    public boolean endRoom(String room) {
        return commands.offer(() -> close(room));
    }

    private boolean offer(String room, Consumer<Room> act) {
        return commands.offer(() -> {
            Room open = roomsByKey.get(room);
            if (open != null) {
                act.accept(open);
            }
        });
    }

    private void open(String key, RoomEvents events) {
        if (!roomsByKey.containsKey(key)) {
            Room room = new Room(key, ++parts, events, settings, scratch, gathering, counters);
            roomsByKey.put(key, room);
            rooms.add(room);
        }
    }

    private RoomRelay relay(String key) {
        Room room = roomsByKey.get(key);
        return room == null ? null : room.relay();
    }

    private void close(String key) {
        Room room = roomsByKey.remove(key);
        if (room != null) {
            rooms.remove(room);
            room.end(nowNanos);
        }
    }

    /**
     * Takes in what other agents sent, forwards the packets that were handed in since the last call, carries out waiting commands and runs the rooms' clockwork as far as it is due. What one room, its listener or
     * a link throws is thrown on after all others had their turn.
     *
     * @return how much was done; 0 when the caller may rest
     */
    public int doWork(long nowNanos) {
        this.nowNanos = nowNanos;
        RuntimeException failure = null;
        int work = 0;
        for (int i = 0; i < links.size(); i++) {
            try {
                work += links.get(i).receive(nowNanos);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        try {
            work += gathering.forward(nowNanos);
        } catch (RuntimeException e) {
            failure = e;
        }
        int commandsRun = 0;
        Runnable command = commands.poll();
        while (command != null) {
            try {
                command.run();
            } catch (RuntimeException e) {
                failure = e;
            }
            commandsRun++;
            command = commandsRun < settings.commandQueueSize() ? commands.poll() : null;
        }
        work += commandsRun;
        if (!started) {
            started = true;
            nextTickNanos = nowNanos;
        }
        if (nowNanos - nextTickNanos >= 0) {
            // A late tick is not made up for: everything a tick does looks at the time itself.
            nextTickNanos = Math.max(nextTickNanos, nowNanos - Room.TICK_NANOS) + Room.TICK_NANOS;
            for (int i = 0; i < rooms.size(); i++) {
                try {
                    rooms.get(i).onTick(nowNanos);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
            work += rooms.size();
        }
        for (int i = 0; i < links.size(); i++) {
            try {
                links.get(i).flush();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return work;
    }

    /**
     * When {@link #doWork} is to be called at the latest, on the clock of its parameter; a second ahead while there are no rooms. Commands and packets
     * come on top.
     */
    public long nextDeadlineNanos() {
        return rooms.isEmpty() ? nowNanos + 1_000_000_000L : Math.min(nextTickNanos, gathering.nextDeadlineNanos());
    }

    /** What this agent has done so far. Any thread. */
    public SfuCounters counters() {
        return counters;
    }

    /** How many rooms are open. Agent's thread. */
    public int roomCount() {
        return rooms.size();
    }
}
