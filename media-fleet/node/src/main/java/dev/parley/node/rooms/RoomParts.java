package dev.parley.node.rooms;

import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.sfu.RoomEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents that a room has a part on: one, until it has all the participants of a room that an agent should have, or is too busy for more. Belongs to the
 * room's conductor.
 */
final class RoomParts {
    private static final Logger LOG = LoggerFactory.getLogger(RoomParts.class);
    /** An agent that works for this share of the time gets no more participants while another is less busy. */
    private static final double BUSY = 0.75;
    /** Fewer participants than this are not torn apart, however busy their agent is. */
    private static final int FEW = 8;
    /** How long a part without sessions is kept. */
    private static final long EMPTY_NANOS = 30_000_000_000L;

    private final String room;
    private final MediaAgents agents;
    private final int participantsPerAgent;
    private final RoomCounters counters;
    private final Supplier<RoomEvents> events;
    private final Map<MediaAgent, RoomEvents> eventsOfAgent = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();

    /** A part of the room. */
    private static final class Part {
        private final MediaAgent agent;
        /** Parts opened before this one that it is not linked with yet. */
        private final List<Part> apart = new ArrayList<>();

        private int sessions;
        private long emptySinceNanos;

        private Part(MediaAgent agent, List<Part> others, long nowNanos) {
            this.agent = agent;
            apart.addAll(others);
            emptySinceNanos = nowNanos;
        }
    }

    /**
     * No part yet.
     *
     * @param participantsPerAgent how many sessions of the room an agent gets before another one is taken
     * @param events makes what a part tells on its agent's thread; asked once for each agent
     */
    RoomParts(
            String room,
            MediaAgents agents,
            int participantsPerAgent,
            RoomCounters counters,
            Supplier<RoomEvents> events) {
        this.room = room;
        this.agents = agents;
        this.participantsPerAgent = participantsPerAgent;
        this.counters = counters;
        this.events = events;
    }

    /** Opens the first part, unless its agent takes no more commands. Before the conductor starts. */
    void openFirst(long nowNanos) {
        open(agents.leastLoaded(), nowNanos);
    }

    /**
     * Finds the agent for a new session; opens a part there when the room has none.
     *
     * @throws Refusal when there is no part and none could be opened
     */
    MediaAgent place(long nowNanos) {
        for (Part part : parts) {
            if (part.sessions < participantsPerAgent && !tooBusy(part)) {
                return part.agent;
            }
        }
        List<MediaAgent> others = agents.all().stream()
                .filter(agent -> parts.stream().noneMatch(part -> part.agent == agent))
                .toList();
        if (others.isEmpty()) {
            return fewest().agent;
        }
        MediaAgent next = MediaAgents.leastLoaded(others);
        if (!parts.isEmpty() && next.duty() >= BUSY && fewest().sessions < participantsPerAgent) {
            return fewest().agent;
        }
        if (open(next, nowNanos)) {
            return next;
        }
        if (parts.isEmpty()) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "the media node is too busy to open the room; try again");
        }
        return fewest().agent;
    }

    /** Has a part on this agent; false when it has none there and the agent takes no more commands. */
    boolean openOn(MediaAgent agent, long nowNanos) {
        return parts.stream().anyMatch(part -> part.agent == agent) || open(agent, nowNanos);
    }

    private static boolean tooBusy(Part part) {
        return part.sessions >= FEW && part.agent.duty() >= BUSY;
    }

    private Part fewest() {
        Part fewest = parts.getFirst();
        for (Part part : parts) {
            if (part.sessions < fewest.sessions) {
                fewest = part;
            }
        }
        return fewest;
    }

    /** Opens a part and links it with the others; false when the agent takes no more commands. */
    private boolean open(MediaAgent agent, long nowNanos) {
        // Rings before the part: where there is no memory for them, nothing is left half open.
        parts.forEach(other -> agents.link(agent, other.agent));
        RoomEvents told = eventsOfAgent.computeIfAbsent(agent, first -> events.get());
        if (!command(agent, agent.sfu().openRoom(room, told))) {
            return false;
        }
        Part part = new Part(agent, parts, nowNanos);
        parts.add(part);
        agent.rooms().incrementAndGet();
        if (parts.size() == 2) {
            counters.spreadRooms.incrementAndGet();
        }
        if (parts.size() > 1) {
            LOG.info("room {}: part {} opened on agent {}", room, parts.size(), agent.index());
        }
        link(part);
        return true;
    }

    /** Links a part with those it is apart from. Where an agent takes no more commands it stays apart until {@link #tidy}. */
    private void link(Part part) {
        part.apart.removeIf(other -> agents.link(part.agent, other.agent)
                .filter(link -> command(part.agent, part.agent.sfu().spread(room, link)))
                .isPresent());
    }

    /** A session is on this agent now. */
    void entered(MediaAgent agent) {
        part(agent).sessions++;
    }

    /** A session is on this agent no more. */
    void left(MediaAgent agent, long nowNanos) {
        Part part = part(agent);
        part.sessions--;
        part.emptySinceNanos = nowNanos;
    }

    private Part part(MediaAgent agent) {
        return parts.stream().filter(part -> part.agent == agent).findFirst().orElseThrow();
    }

    /** Links parts that are still apart, and closes those that nobody has been in for a while, all but one. */
    void tidy(long nowNanos) {
        for (Part part : List.copyOf(parts)) {
            if (parts.size() > 1
                    && part.sessions == 0
                    && nowNanos - part.emptySinceNanos > EMPTY_NANOS
                    && close(part)) {
                LOG.info("room {}: its part on agent {} was empty and is closed", room, part.agent.index());
            } else {
                link(part);
            }
        }
    }

    /** Closes all parts; false when one's agent takes no more commands: ask again. */
    boolean end() {
        List.copyOf(parts).forEach(this::close);
        return parts.isEmpty();
    }

    /** False when the agent takes no more commands: the part is there still. */
    private boolean close(Part part) {
        if (!command(part.agent, part.agent.sfu().endRoom(room))) {
            return false;
        }
        part.agent.rooms().decrementAndGet();
        parts.remove(part);
        parts.forEach(other -> other.apart.remove(part));
        if (parts.size() == 1) {
            counters.spreadRooms.decrementAndGet();
        }
        return true;
    }

    /** Wakes the agent that was given a command; answers whether it took it. Any thread. */
    boolean command(MediaAgent agent, boolean taken) {
        if (!taken) {
            LOG.error("room {}: agent {} takes no more commands", room, agent.index());
        }
        agent.wake();
        return taken;
    }
}
