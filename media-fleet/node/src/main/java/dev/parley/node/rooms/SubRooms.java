package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.BreakoutRoom;
import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.node.agents.MediaAgents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main room of a meeting and its breakouts: opens and closes them, and takes people from one to another, who keep their sessions and their agents. In the
 * roster somebody moves at once, in the SFU with the agent's next turn; no packet passes between two rooms at any moment. Belongs to the room's conductor.
 */
final class SubRooms {
    private static final Logger LOG = LoggerFactory.getLogger(SubRooms.class);
    /** An agent takes up its commands every millisecond or so: one that takes none for that long is stuck. */
    private static final int FETCH_TRIES = 200;

    private static final long FETCH_PAUSE_NANOS = 1_000_000L;

    private final String id;
    private final RoomPlan roomPlan;
    private final MediaAgents agents;
    private final RoomCounters counters;
    private final Conductor conductor;
    private final RoomQuality history;
    private final Collection<Session> sessions;
    private final Consumer<Session> unmovable;
    private final BreakoutPlan plan = new BreakoutPlan();
    private final SubRoom main;
    private final Map<String, SubRoom> breakouts = new LinkedHashMap<>();
    /** Breakouts that are over and have still parts, or people who could not be moved yet. */
    private final List<SubRoom> closing = new ArrayList<>();

    /**
     * The main room alone.
     *
     * @param sessions all of the meeting, as they are at any time
     * @param unmovable ends a session that could not be taken to the room it is to be in
     */
    SubRooms(
            String id,
            RoomPlan roomPlan,
            MediaAgents agents,
            RoomCounters counters,
            Conductor conductor,
            RoomQuality history,
            Collection<Session> sessions,
            Consumer<Session> unmovable) {
        this.id = id;
        this.roomPlan = roomPlan;
        this.agents = agents;
        this.counters = counters;
        this.conductor = conductor;
        this.history = history;
        this.sessions = sessions;
        this.unmovable = unmovable;
        main = new SubRoom(id, null, roomPlan, agents, counters, conductor, history, System.nanoTime());
    }

    SubRoom main() {
        return main;
    }

    /** The main room and the breakouts that are open. */
    List<SubRoom> all() {
        List<SubRoom> all = new ArrayList<>(breakouts.values());
        all.addFirst(main);
        return all;
    }

    // ---- who is where

    /** Finds the room of a new session, which is not known to its peer yet. */
    void assign(Session session, long nowNanos) {
        SubRoom place = placeOf(session);
        if (place != main && place.parts().openOn(session.agent(), nowNanos)) {
            session.where(place);
        }
    }

    /** A new session counts. */
    void entered(Session session) {
        main.parts().entered(session.agent());
        if (session.where() != main) {
            session.where().parts().entered(session.agent());
        }
    }

    /** A session counts no more. */
    void left(Session session, long nowNanos) {
        main.parts().left(session.agent(), nowNanos);
        if (session.where() != main) {
            session.where().parts().left(session.agent(), nowNanos);
        }
    }

    private SubRoom placeOf(Session session) {
        return plan.placeOf(session.claims().userId()).map(breakouts::get).orElse(main);
    }

    /** Takes everybody to where they are to be, and tells those who are somewhere else now. */
    private List<Session> place(long nowNanos) {
        List<Session> moved = new ArrayList<>();
        for (Session session : List.copyOf(sessions)) {
            SubRoom to = placeOf(session);
            if (session.where() != to && to.parts().openOn(session.agent(), nowNanos)) {
                move(session, to, nowNanos);
                moved.add(session);
            }
        }
        closing.removeIf(room -> sessions.stream().noneMatch(session -> session.where() == room) && room.end());
        return moved;
    }

    private void move(Session session, SubRoom to, long nowNanos) {
        SubRoom from = session.where();
        left(session, nowNanos);
        // Before the agent is told: a session that connects at this moment looks here after it has joined.
        session.where(to);
        entered(session);
        from.people().release(session).ifPresent(to.people()::welcome);
        for (int tries = 1; !to.fetch(session); tries++) {
            if (tries == FETCH_TRIES) {
                LOG.error("room {}: session {} could not be moved and ends", id, session.id());
                unmovable.accept(session);
                return;
            }
            LockSupport.parkNanos(FETCH_PAUSE_NANOS);
        }
    }

    // ---- the breakouts

    /** Takes a host's act. */
    void take(Breakouts now, long nowNanos) {
        List<Breakout> before = plan.rooms();
        boolean chose = plan.choose();
        boolean planned = plan.closesInNanos(nowNanos) != Long.MAX_VALUE;
        if (plan.take(now, nowNanos)) {
            boolean news = !before.equals(now.rooms()) || chose != now.choose() || planned || now.closesIn() != null;
            apply(news, nowNanos);
        }
    }

    /** Takes what the offer of somebody who comes says, null for nothing. */
    void takeOf(String user, Breakouts now, long nowNanos) {
        if (plan.takeOf(user, now, nowNanos)) {
            apply(true, nowNanos);
        }
    }

    private void apply(boolean newsForAll, long nowNanos) {
        for (Breakout room : plan.rooms()) {
            breakouts.computeIfAbsent(
                    room.id(),
                    known -> new SubRoom(
                            id + "/" + known, known, roomPlan, agents, counters, conductor, history, nowNanos));
        }
        for (String known : List.copyOf(breakouts.keySet())) {
            if (plan.rooms().stream().noneMatch(room -> room.id().equals(known))) {
                closing.add(breakouts.remove(known));
            }
        }
        List<Session> moved = place(nowNanos);
        for (Session session : sessions) {
            if (newsForAll || moved.contains(session) || session.rights().moderates()) {
                tell(session, nowNanos);
            }
        }
    }

    /** Tells somebody who has just connected, if there is anything to tell. */
    void tellNewcomer(Session session) {
        if (plan.revision() > 0) {
            tell(session, System.nanoTime());
        }
    }

    private void tell(Session session, long nowNanos) {
        if (session.isConnected()) {
            long left = plan.closesInNanos(nowNanos);
            session.send(ChannelText.of(new ChannelMessage.Breakouts(
                    plan.revision(),
                    session.where().breakout().orElse(null),
                    plan.rooms().stream()
                            .map(room -> new BreakoutRoom(room.id(), room.name()))
                            .toList(),
                    plan.choose(),
                    left == Long.MAX_VALUE ? null : Math.max(0, left / 1_000_000L))));
        }
    }

    // ---- time

    /** As {@link People#settle} of every room; closes the breakouts when their time is up. */
    long settle(long nowNanos) {
        if (plan.closesInNanos(nowNanos) <= 0) {
            plan.close();
            LOG.info("room {}: the breakouts are over", id);
            apply(true, nowNanos);
        }
        long settled = Math.min(main.people().settle(nowNanos), plan.closesInNanos(nowNanos));
        for (SubRoom room : breakouts.values()) {
            settled = Math.min(settled, room.people().settle(nowNanos));
        }
        return settled;
    }

    /** Moves those who could not be moved before, and tidies up; about once a second. */
    void tidy(long nowNanos) {
        for (Session session : place(nowNanos)) {
            tell(session, nowNanos);
        }
        main.parts().tidy(nowNanos);
        breakouts.values().forEach(room -> room.parts().tidy(nowNanos));
    }

    /** Closes all parts of all rooms; false when an agent takes no more commands: ask again. */
    boolean end() {
        closing.addAll(breakouts.values());
        breakouts.clear();
        closing.removeIf(SubRoom::end);
        return main.end() && closing.isEmpty();
    }
}
