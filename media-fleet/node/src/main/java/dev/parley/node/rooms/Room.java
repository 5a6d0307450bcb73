package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.node.negotiation.Agreement;
import dev.parley.node.negotiation.LocalTransport;
import dev.parley.node.negotiation.RemoteTransport;
import dev.parley.node.negotiation.Sources;
import dev.parley.transport.CloseReason;
import dev.parley.transport.TransportException;
import dev.parley.transport.ice.IceCredentials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One room on this node: its sessions, who may come in, and when it is over. Everything but the SFU commands runs on its conductor. */
final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    private static final long EMPTY_NANOS = 120_000_000_000L;

    private final String id;
    private final RoomPlan plan;
    private final RoomCounters counters;
    private final Attendance attendance;
    private final Conductor conductor;
    private final RoomQuality history;
    private final Runnable onOver;
    private final Map<String, Session> sessions = new HashMap<>();
    private final SubRooms rooms;
    private final DenySet denied = new DenySet();
    private final GivenRights given = new GivenRights();
    private final Needs needs = new Needs();
    private final Map<String, Long> goneSinceNanos = new HashMap<>();
    private volatile long placementEpoch;
    private long emptySinceNanos = System.nanoTime();
    private long moveDeadlineNanos;
    private boolean moving;
    private boolean dispersing;
    private boolean ending;
    private boolean over;

    /** @param onOver called once, on the conductor, when the room has ended */
    Room(
            String id,
            RoomPlan plan,
            MediaAgents agents,
            RoomCounters counters,
            Attendance attendance,
            RoomQuality history,
            Runnable onOver) {
        this.id = id;
        this.plan = plan;
        this.counters = counters;
        this.attendance = attendance;
        this.history = history;
        this.onOver = onOver;
        this.conductor = new Conductor("room-" + id, this::tick, this::settle);
        this.rooms = new SubRooms(
                id,
                plan,
                agents,
                counters,
                conductor,
                history,
                sessions.values(),
                session -> end(session, "moved", null));
    }

    void start() {
        rooms.main().parts().openFirst(System.nanoTime());
        conductor.start();
    }

    private long settle(long nowNanos) {
        return rooms.settle(nowNanos);
    }

    String id() {
        return id;
    }

    Conductor conductor() {
        return conductor;
    }

    long placementEpoch() {
        return placementEpoch;
    }

    /** Where people are unless they are in a breakout. Any thread. */
    SubRoom main() {
        return rooms.main();
    }

    // ---- any thread

    /** On the agent's thread: none of these commands is carried out before this is done. */
    void joinSfu(Session session) {
        SubRoom in = session.where();
        command(session, session.agent().sfu().join(in.key(), session.participant()));
        silence(session, in);
        // Who was moved meanwhile was not there yet to be moved, and the room may be gone.
        while (in != session.where()) {
            in = session.where();
            leaveSfu(session);
            command(session, session.agent().sfu().join(in.key(), session.participant()));
            silence(session, in);
        }
    }

    /** Before any packet is passed on: what the participant may not send is silent from the start. */
    private static void silence(Session session, SubRoom in) {
        for (Source source : Source.values()) {
            if (!session.rights().publishes(source)) {
                session.agent().sfu().mute(in.key(), session.claims().csrc(), Sources.toSfu(source), true);
            }
        }
    }

    void leaveSfu(Session session) {
        command(session, session.agent().sfu().leave(session.participant()));
    }

    private void command(Session session, boolean taken) {
        rooms.main().parts().command(session.agent(), taken);
    }

    // ---- the conductor's thread: exchanges

    /** @param sdp read only when the participant is admitted */
    MediaAnswer open(String sessionId, MediaClaims claims, Supplier<Agreement> sdp, NodeOffer offer) {
        adopt(offer.placementEpoch());
        denied.replaceList(offer.denied());
        long now = System.nanoTime();
        for (Session other : List.copyOf(sessions.values())) {
            if (denied.denies(other.claims(), now)) {
                end(other, "kicked", null);
            }
        }
        if (denied.denies(claims, now)) {
            throw new Refusal(Refusal.Kind.NOT_ADMITTED, "this participant was removed from the meeting");
        }
        Agreement agreement = sdp.get();
        rooms.takeOf(claims.userId(), offer.breakouts(), now);
        // An exchange that was never completed gives way to the newer one; a connected one stays until the newer one
        // connects.
        for (Session other : List.copyOf(sessions.values())) {
            if (other.claims().participantId().equals(claims.participantId()) && !other.isConnected()) {
                end(other, "replaced", null);
            }
        }
        // Whoever is in already has a session that this one replaces.
        if (counters.sessions.incrementAndGet() > plan.maxParticipants() && !hasSession(claims.participantId())) {
            counters.sessions.decrementAndGet();
            throw new Refusal(
                    Refusal.Kind.FULL,
                    "The media node of this meeting has all the sessions it may have: try again shortly.");
        }
        Session session = begin(sessionId, claims, agreement, now);
        sessions.put(sessionId, session);
        rooms.entered(session);
        attendance.came(id, claims.participantId());
        counters.exchanges.increment();
        LOG.info("room {}: session {} of {} opened", id, sessionId, claims.participantId());
        return answer(session, session.transport().localCredentials());
    }

    /** Opens the session, which is counted already, on its agent; one that cannot be opened counts no more. */
    private Session begin(String sessionId, MediaClaims claims, Agreement agreement, long nowNanos) {
        boolean begun = false;
        try {
            MediaAgent agent = agentFor(claims.participantId(), nowNanos);
            Session session =
                    new Session(sessionId, this, agent, claims, given.of(claims, nowNanos), agreement, counters);
            rooms.assign(session, nowNanos);
            session.attach(agent.port().open(agreement.remote().request(), session));
            begun = true;
            return session;
        } catch (TransportException e) {
            throw new Refusal(Refusal.Kind.FULL, e.getMessage());
        } finally {
            if (!begun) {
                counters.sessions.decrementAndGet();
            }
        }
    }

    MediaAnswer restart(String sessionId, String participantId, String sdp, long epoch, List<String> denyList) {
        adopt(epoch);
        denied.replaceList(denyList);
        Session session = owned(sessionId, participantId);
        if (denied.denies(session.claims(), System.nanoTime())) {
            end(session, "kicked", null);
            throw new Refusal(Refusal.Kind.NOT_ADMITTED, "this participant was removed from the meeting");
        }
        RemoteTransport remote = session.agreement().restartedBy(sdp);
        if (!remote.fingerprint().equals(session.agreement().remote().fingerprint())) {
            throw new Refusal(Refusal.Kind.SESSION, "the certificate changed: make a new exchange");
        }
        try {
            return answer(session, session.transport().restart(remote.ice()));
        } catch (TransportException e) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, e.getMessage());
        }
    }

    /** Where the participant is already, as its other session gives way to this one; else where there is room. */
    private MediaAgent agentFor(String participantId, long nowNanos) {
        for (Session other : sessions.values()) {
            if (other.claims().participantId().equals(participantId)) {
                return other.agent();
            }
        }
        return rooms.main().parts().place(nowNanos);
    }

    private MediaAnswer answer(Session session, IceCredentials credentials) {
        LocalTransport local = new LocalTransport(
                credentials,
                plan.fingerprint(),
                session.transport().role(),
                plan.mediaHost(),
                session.agent().port().localAddress().getPort());
        String sdp = session.agreement().answer(local, plan.nodeId(), session.nextAnswer());
        return new MediaAnswer(sdp, session.id(), plan.nodeId(), placementEpoch);
    }

    CompletableFuture<Void> close(String sessionId, String participantId) {
        Session session = owned(sessionId, participantId);
        end(session, "left", null);
        return session.closedFuture();
    }

    private Session owned(String sessionId, String participantId) {
        Session session = sessions.get(sessionId);
        if (session == null) {
            throw new Refusal(Refusal.Kind.NO_SESSION, "there is no such session in this room");
        }
        if (!session.claims().participantId().equals(participantId)) {
            throw new Refusal(Refusal.Kind.SESSION, "this session belongs to somebody else");
        }
        return session;
    }

    private void adopt(long epoch) {
        if (moving || ending || epoch < placementEpoch) {
            throw new Refusal(Refusal.Kind.MOVED, "the room is elsewhere now: join again");
        }
        placementEpoch = epoch;
    }

    // ---- the conductor's thread: acts

    /** Carries out a host's act; done when everybody it ends is gone. */
    CompletableFuture<Void> act(RoomAct act) {
        switch (act.act()) {
            case KICK -> {
                long now = System.nanoTime();
                denied.kick(act.user(), now);
                denied.kick(act.guestKey(), now);
                counters.kicked.increment();
                return endAll(session -> denied.denies(session.claims(), now), "kicked", act.by());
            }
            case LEAVE -> {
                return endAll(session -> session.claims().userId().equals(act.user()), "left", act.by());
            }
            case END -> {
                return endEverybody("ended", act.by());
            }
            case MUTE, UNMUTE_REQUEST -> rooms.all().forEach(room -> room.talk().onHostMute(act));
            case MUTE_ALL -> roomsOf(act.by()).forEach(room -> room.talk().onHostMute(act));
            case ROLE -> giveRole(act);
            case BREAKOUTS -> rooms.take(act.breakouts(), System.nanoTime());
            case ANNOUNCE -> announce(act);
            case GATHER -> needs.begin(act.text()).ifPresent(this::broadcast);
            case SCATTER -> needs.end(act.text()).ifPresent(this::broadcast);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The room that a participant is in; all of them for one who is in none. */
    private List<SubRoom> roomsOf(String participantId) {
        return find(participantId).map(session -> List.of(session.where())).orElseGet(rooms::all);
    }

    private void announce(RoomAct act) {
        String name = find(act.by()).map(session -> session.claims().name()).orElse(null);
        rooms.all().forEach(room -> room.talk().announce(act.text(), act.by(), name));
    }

    private Optional<Session> find(String participantId) {
        return sessions.values().stream()
                .filter(session -> session.claims().participantId().equals(participantId))
                .findFirst();
    }

    private void giveRole(RoomAct act) {
        if (!given.give(act, System.nanoTime())) {
            return;
        }
        Rights rights = Rights.of(act.role(), act.publish());
        for (Session session : sessions.values()) {
            if (session.claims().userId().equals(act.user())) {
                session.rights(rights);
                session.where().talk().onRights(session, act.by());
            }
        }
    }

    private CompletableFuture<Void> endAll(Predicate<Session> which, String reason, String by) {
        List<CompletableFuture<Void>> gone = new ArrayList<>();
        for (Session session : List.copyOf(sessions.values())) {
            if (which.test(session)) {
                end(session, reason, by);
                gone.add(session.closedFuture());
            }
        }
        return CompletableFuture.allOf(gone.toArray(CompletableFuture<?>[]::new));
    }

    /** Ends the room with everybody in it. */
    private CompletableFuture<Void> endEverybody(String reason, String by) {
        // Nobody is told that the others leave: everybody does.
        rooms.all().forEach(room -> room.people().clear());
        dispersing = true;
        CompletableFuture<Void> gone = endAll(session -> true, reason, by);
        finish();
        return gone;
    }

    /** Ends a session: out of the SFU, the roster and the count at once; the transport follows. */
    private void end(Session session, String reason, String by) {
        session.end(reason, by);
        remove(session, "ended: " + reason);
    }

    private boolean remove(Session session, String why) {
        if (sessions.remove(session.id()) == null) {
            return false;
        }
        counters.sessions.decrementAndGet();
        rooms.left(session, System.nanoTime());
        session.where().people().depart(session);
        noteGone(session.claims().participantId());
        if (sessions.isEmpty()) {
            emptySinceNanos = System.nanoTime();
        }
        LOG.info(
                "room {}: session {} of {} {}",
                id,
                session.id(),
                session.claims().participantId(),
                why);
        return true;
    }

    /** Whether this participant has a session here, or had one a moment ago. */
    boolean isIn(String participantId) {
        return hasSession(participantId) || goneSinceNanos.containsKey(participantId);
    }

    private boolean hasSession(String participantId) {
        return sessions.values().stream()
                .anyMatch(other -> other.claims().participantId().equals(participantId));
    }

    private void noteGone(String participantId) {
        boolean last = !hasSession(participantId);
        if (last) {
            goneSinceNanos.put(participantId, System.nanoTime());
        }
        if (last && !moving && !dispersing) {
            attendance.went(id, participantId);
        }
    }

    /** Sends somebody away who has no seat in the meeting. */
    void sendAway(String participantId) {
        endAll(session -> session.claims().participantId().equals(participantId), "left", null);
    }

    /** Sends everybody to make a new exchange, and ends the room after the deadline. */
    void move(String reason, long deadlineMillis) {
        if (moving || ending) {
            return;
        }
        moving = true;
        moveDeadlineNanos = System.nanoTime() + deadlineMillis * 1_000_000L;
        broadcast(ChannelText.of(new ChannelMessage.Move(reason, deadlineMillis)));
        LOG.info("room {} moves: {}", id, reason);
    }

    /** Says something to everybody, in whatever room. */
    private void broadcast(String text) {
        rooms.all().forEach(room -> room.people().broadcast(text));
    }

    // ---- the conductor's thread: sessions

    void onConnected(Session session) {
        if (session.isEnded()) {
            return;
        }
        session.markConnected();
        SubRoom where = session.where();
        Session replaced = where.people().arrive(session);
        if (replaced != null) {
            end(replaced, "replaced", null);
        }
        where.talk().repeatMutes(session);
        where.talk().onRights(session, null);
        rooms.tellNewcomer(session);
        needs.text().ifPresent(session::send);
        LOG.info("room {}: {} connected", id, session.claims().participantId());
    }

    void onConnectionLost(Session session, boolean lost) {
        People people = session.where().people();
        people.find(session).filter(member -> member.lost(lost)).ifPresent(people::announce);
    }

    void onClosed(Session session, CloseReason reason, String detail) {
        if (!remove(session, "closed: " + reason + " " + detail)) {
            return;
        }
        switch (reason) {
            case ICE_TIMEOUT, HANDSHAKE_FAILED, FINGERPRINT_MISMATCH -> counters.neverConnected.increment();
            case CONSENT_EXPIRED -> counters.consentLost.increment();
            default -> {
                // Ended by one of the two sides.
            }
        }
    }

    void onMessage(Session session, ChannelMessage message) {
        if (!session.isEnded()) {
            session.where().talk().onMessage(session, message);
        }
    }

    /** Hands on what is known of how connections do: the node stops. */
    void endMinute() {
        history.end();
    }

    private void tick() {
        history.tick();
        if (ending) {
            finish();
            return;
        }
        long now = System.nanoTime();
        goneSinceNanos
                .values()
                .removeIf(since -> now - since > plan.rejoinTime().toNanos());
        if (moving && now - moveDeadlineNanos >= 0) {
            endEverybody("moved", null);
        } else if (sessions.isEmpty() && now - emptySinceNanos > EMPTY_NANOS) {
            finish();
        } else {
            rooms.tidy(now);
        }
    }

    /** Ends the room, or leaves that to a later tick when an agent takes no more commands: a part must not stay without its room. */
    private void finish() {
        ending = true;
        if (!over && rooms.end()) {
            over = true;
            history.end();
            onOver.run();
            conductor.stop();
        }
    }

    /** Whether nobody can come in any more. */
    boolean isOver() {
        return over || conductor.stopped();
    }
}
