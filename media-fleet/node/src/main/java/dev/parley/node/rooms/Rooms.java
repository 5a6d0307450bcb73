package dev.parley.node.rooms;

import dev.parley.contracts.media.MediaAnswer;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.node.agents.MediaAgents;
import dev.parley.node.negotiation.Agreement;
import dev.parley.node.negotiation.UnusableOfferException;
import dev.parley.platform.nodes.Admission;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rooms of the node, as the control API sees them. Thread-safe; calls wait for the room. */
public final class Rooms {
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long GONE_MILLIS = 1_000;
    private static final int MAX_REASON = 32;
    private static final int MAX_ANNOUNCEMENT = 1_000;
    /** All are negotiated; what a participant may send of them is asked of their {@link Rights}, which change without an exchange. */
    private static final Set<Source> EVERY_SOURCE = Set.copyOf(EnumSet.allOf(Source.class));

    private final RoomPlan plan;
    private final MediaAgents agents;
    private final SecureRandom random;
    private final Attendance attendance;
    private final QualityKeeper quality;
    private final Load load;
    private final RoomCounters counters = new RoomCounters();
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private volatile boolean takesRooms = true;

    /**
     * No rooms yet.
     *
     * @param attendance told of everybody who comes and goes
     * @param quality told how connections did
     * @param load of the node
     */
    public Rooms(
            RoomPlan plan,
            MediaAgents agents,
            SecureRandom random,
            Attendance attendance,
            QualityKeeper quality,
            Load load) {
        this.plan = plan;
        this.agents = agents;
        this.random = random;
        this.attendance = attendance;
        this.quality = quality;
        this.load = load;
    }

    /**
     * Opens a session for a participant and answers its offer.
     *
     * @throws Refusal with the API's code when it is not granted
     */
    public MediaAnswer open(String roomId, NodeOffer offer, MediaClaims claims) {
        String sessionId = "ms_" + randomText();
        Supplier<Agreement> agreement =
                () -> Agreement.of(offer.sdp(), offer.tracks(), EVERY_SOURCE, plan.maxSlots(), random);
        return counted(() -> {
            checkRoom(roomId);
            return inRoom(roomId, room -> {
                checkNewcomer(room, claims);
                return usable(() -> room.open(sessionId, claims, agreement, offer));
            });
        });
    }

    private void checkRoom(String roomId) {
        if (admission() != Admission.OPEN && !rooms.containsKey(roomId)) {
            throw noNewRooms();
        }
    }

    private void checkNewcomer(Room room, MediaClaims claims) {
        if (admission() == Admission.FULL && !room.isIn(claims.participantId())) {
            throw new Refusal(
                    Refusal.Kind.FULL, "The media node of this meeting is full for the moment: try again shortly.");
        }
    }

    private static Refusal noNewRooms() {
        return new Refusal(Refusal.Kind.NO_NEW_ROOMS, "this node takes no new rooms");
    }

    /** Restarts ICE of a session. @throws Refusal when it is not granted */
    public MediaAnswer restart(String roomId, String sessionId, NodeRestart restart) {
        Room room = existing(roomId);
        return counted(() -> room.conductor()
                .call(
                        () -> usable(() -> room.restart(
                                sessionId,
                                restart.participant(),
                                restart.sdp(),
                                restart.placementEpoch(),
                                restart.denied())),
                        PATIENCE));
    }

    /** Ends a participant's session. @throws Refusal when there is none, or it is somebody else's */
    public void close(String roomId, String sessionId, String participantId) {
        Room room = existing(roomId);
        await(room.conductor().call(() -> room.close(sessionId, participantId), PATIENCE));
    }

    /** Carries out a host's act or somebody's own leaving; when it ends sessions, they are gone when this returns, or cut off within a second. */
    public void act(String roomId, RoomAct act) {
        if (act.act() == null) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "act: one of kick, mute, mute-all, unmute-request, role, leave, end, breakouts, announce, gather,"
                            + " scatter");
        }
        if (act.act() == RoomAct.Kind.ROLE && (act.user() == null || act.role() == null)) {
            throw new Refusal(Refusal.Kind.INVALID, "role: needs user and role");
        }
        if (act.act() == RoomAct.Kind.BREAKOUTS && act.breakouts() == null) {
            throw new Refusal(Refusal.Kind.INVALID, "breakouts: needs breakouts");
        }
        if (act.act() == RoomAct.Kind.ANNOUNCE
                && (act.text() == null || act.text().length() > MAX_ANNOUNCEMENT)) {
            throw new Refusal(
                    Refusal.Kind.INVALID, "announce: needs a text of at most " + MAX_ANNOUNCEMENT + " characters");
        }
        boolean gathers = act.act() == RoomAct.Kind.GATHER || act.act() == RoomAct.Kind.SCATTER;
        if (gathers && (act.text() == null || act.text().isBlank() || act.text().length() > MAX_REASON)) {
            throw new Refusal(
                    Refusal.Kind.INVALID, "gather, scatter: need a text of at most " + MAX_REASON + " characters");
        }
        if (act.act() == RoomAct.Kind.LEAVE && act.by() != null) {
            // Before anything ends, and without a room as well: whoever leaves may be on the way in.
            attendance.gaveUp(roomId, act.by());
        }
        boolean outlives = act.act() == RoomAct.Kind.KICK
                || act.act() == RoomAct.Kind.ROLE
                || act.act() == RoomAct.Kind.BREAKOUTS
                || act.act() == RoomAct.Kind.GATHER;
        if (rooms.containsKey(roomId) || takesRooms && outlives) {
            // Kept in an empty room too: whoever it means may be on the way in.
            await(inRoom(roomId, room -> room.act(act)));
        }
    }

    /** Ends what a participant has in a room who has no seat in its meeting. */
    public void sendAway(String roomId, String participantId) {
        Room room = rooms.get(roomId);
        if (room != null) {
            room.conductor().post(() -> room.sendAway(participantId));
        }
    }

    /** Sends everybody of a room elsewhere, because it is placed elsewhere. */
    public void move(String roomId, String reason, Duration deadline) {
        Room room = rooms.get(roomId);
        if (room != null) {
            room.conductor().post(() -> room.move(reason, deadline.toMillis()));
        }
    }

    /** Sends everybody of every room elsewhere and takes nobody new. */
    public void moveAll(String reason, Duration deadline) {
        takesRooms = false;
        rooms.keySet().forEach(room -> move(room, reason, deadline));
    }

    /** Has every room hand on what it knows of how connections do; waits a moment for each. */
    public void endMinutes() {
        for (Room room : rooms.values()) {
            try {
                room.conductor()
                        .call(
                                () -> {
                                    room.endMinute();
                                    return true;
                                },
                                PATIENCE);
            } catch (Refusal e) {
                LOG.debug("room {} is over, or too busy", room.id());
            }
        }
    }

    /** Whether rooms that are not here yet are taken. */
    public void takesRooms(boolean takes) {
        takesRooms = takes;
    }

    /** The rooms that are here, with the placement each was opened under. */
    public Map<String, Long> placements() {
        Map<String, Long> placements = new HashMap<>();
        rooms.forEach((id, room) -> placements.put(id, room.placementEpoch()));
        return placements;
    }

    public RoomCounters counters() {
        return counters;
    }

    /** How many rooms are here. */
    public int size() {
        return rooms.size();
    }

    /** 0 idle, 1 full: by load and by sessions. */
    public double stress() {
        double sessions = (double) counters.sessions.get() / plan.maxParticipants();
        return Math.clamp(Math.max(load.stress(), sessions), 0, 1);
    }

    /** Whom the node lets in now, by load and by sessions. */
    public Admission admission() {
        return load.admission().stricter(bySessions());
    }

    private Admission bySessions() {
        int sessions = counters.sessions.get();
        if (sessions >= plan.maxParticipants()) {
            return Admission.FULL;
        }
        return sessions >= plan.guardedSessions() ? Admission.GUARDED : Admission.OPEN;
    }

    private interface RoomCall<T> {
        T on(Room room);
    }

    private <T> T inRoom(String roomId, RoomCall<T> call) {
        while (true) {
            Room room = rooms.computeIfAbsent(roomId, this::make);
            T result = room.conductor().call(() -> room.isOver() ? null : call.on(room), PATIENCE);
            if (result != null) {
                return result;
            }
            // It ended between finding and asking; the next one is new.
            rooms.remove(roomId, room);
        }
    }

    private Room make(String roomId) {
        if (!takesRooms) {
            throw noNewRooms();
        }
        Room[] self = new Room[1];
        RoomQuality history = new RoomQuality(roomId, InstantSource.system(), quality);
        self[0] = new Room(roomId, plan, agents, counters, attendance, history, () -> rooms.remove(roomId, self[0]));
        self[0].start();
        LOG.info("room {} opened", roomId);
        return self[0];
    }

    private Room existing(String roomId) {
        Room room = rooms.get(roomId);
        if (room == null) {
            throw new Refusal(Refusal.Kind.NO_SESSION, "this room is not here");
        }
        return room;
    }

    private static <T> T usable(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnusableOfferException e) {
            throw new Refusal(Refusal.Kind.UNUSABLE, e.getMessage());
        }
    }

    private <T> T counted(Supplier<T> work) {
        try {
            return work.get();
        } catch (Refusal e) {
            counters.refusals.increment();
            throw e;
        }
    }

    private static void await(CompletableFuture<Void> gone) {
        try {
            gone.get(GONE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Out of the roster and the SFU already; the transport follows when its thread has said goodbye.
            LOG.debug("a session takes its time to close");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a closing session failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String randomText() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
