package dev.parley.node.rooms;

import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.sfu.RoomEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The main room of a meeting, or one of its breakouts: the people who see, hear and read each other. A breakout is on the agents of those who are in it, so that
 * they keep their sessions. Belongs to the room's conductor; its key may be read by any thread.
 */
final class SubRoom {
    private final String key;
    private final String breakout;
    private final Conductor conductor;
    private final RoomCounters counters;
    private final RoomQuality history;
    private final People people;
    private final RoomTalk talk;
    private final RoomParts parts;
    private final List<RoomNews> news = new ArrayList<>();

    /**
     * Nobody in it, on no agent.
     *
     * @param key what the agents know it by
     * @param breakout its id, null for the main room
     */
    SubRoom(
            String key,
            String breakout,
            RoomPlan plan,
            MediaAgents agents,
            RoomCounters counters,
            Conductor conductor,
            RoomQuality history,
            long nowNanos) {
        this.key = key;
        this.breakout = breakout;
        this.conductor = conductor;
        this.counters = counters;
        this.history = history;
        people = new People(counters, nowNanos);
        talk = new RoomTalk(key, people, counters, history);
        parts = new RoomParts(key, agents, plan.participantsPerAgent(), counters, this::newsOfPart);
    }

    private RoomEvents newsOfPart() {
        RoomNews part = new RoomNews(conductor, people, counters, history);
        news.add(part);
        conductor.follow(part);
        return part;
    }

    String key() {
        return key;
    }

    /** Its id; empty for the main room. */
    Optional<String> breakout() {
        return Optional.ofNullable(breakout);
    }

    People people() {
        return people;
    }

    RoomTalk talk() {
        return talk;
    }

    RoomParts parts() {
        return parts;
    }

    /** Brings a session's participant here in the SFU, from whatever room of its agent it is in; false when the agent takes no more commands. */
    boolean fetch(Session session) {
        MediaAgent agent = session.agent();
        return parts.command(agent, agent.sfu().move(session.participant(), key));
    }

    /** Closes its parts; false when one's agent takes no more commands: ask again. */
    boolean end() {
        if (!parts.end()) {
            return false;
        }
        news.forEach(conductor::unfollow);
        news.clear();
        return true;
    }
}
