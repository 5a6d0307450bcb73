package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import dev.parley.contracts.media.ChannelMessage.SourceState;
import dev.parley.contracts.media.Source;
import dev.parley.node.negotiation.Sources;
import dev.parley.sfu.ConnectionQuality;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One person in a room's roster. Belongs to the room's conductor. */
final class Member {
    private static final double POOR_LOSS = 0.08;
    private static final long POOR_ROUND_TRIP_NANOS = 500_000_000L;
    private static final int POOR_REPORTS = 2;

    /** What is known of a published source: what its owner or a host said, else whether packets flow. */
    private static final class Switch {
        private Boolean said;
        private boolean flowing;

        boolean muted() {
            return said != null ? said : !flowing;
        }
    }

    private final Map<Source, Switch> switches = new EnumMap<>(Source.class);
    private Session session;
    private Pictures pictures;
    private final Freezes directFreezes = new Freezes();
    private Freezes freezes;
    private boolean hand;
    private boolean lost;
    private int poorReports;
    private String connection = "good";

    Member(Session session) {
        move(session);
    }

    /** Takes the member's new session; what was said about its sources stays, and how a direct connection did. */
    void move(Session next) {
        session = next;
        pictures = new Pictures();
        freezes = new Freezes();
        lost = false;
        Map<Source, Switch> before = new EnumMap<>(switches);
        switches.clear();
        next.agreement().published().forEach(published -> {
            Source source = Sources.toWire(published.source());
            Switch state = before.getOrDefault(source, new Switch());
            state.flowing = false;
            switches.put(source, state);
        });
    }

    Session session() {
        return session;
    }

    String participantId() {
        return session.claims().participantId();
    }

    /** What the slots of the present session carry. */
    Pictures pictures() {
        return pictures;
    }

    /** How often pictures stood still in the present session. */
    Freezes freezes() {
        return freezes;
    }

    /** How often pictures stood still that came from the other person directly, which goes on through a new session with the node. */
    Freezes directFreezes() {
        return directFreezes;
    }

    long number() {
        return session.claims().csrc();
    }

    boolean publishes(Source source) {
        return switches.containsKey(source);
    }

    boolean muted(Source source) {
        Switch state = switches.get(source);
        return state == null || silent(source, state);
    }

    /** What a participant may not send is muted, whatever is said. */
    private boolean silent(Source source, Switch state) {
        return !session.rights().publishes(source) || state.muted();
    }

    /** Whether the owner or a host said that the source is muted; null when nobody said anything. */
    Boolean said(Source source) {
        Switch state = switches.get(source);
        return state == null ? null : state.said;
    }

    /** Notes what was said; true when the roster changes by it. */
    boolean say(Source source, boolean muted) {
        Switch state = switches.get(source);
        if (state == null) {
            return false;
        }
        boolean before = silent(source, state);
        state.said = muted;
        return before != silent(source, state);
    }

    /** Notes whether packets flow; true when the roster changes by it. */
    boolean flows(Source source, boolean flowing) {
        Switch state = switches.get(source);
        if (state == null) {
            return false;
        }
        boolean before = silent(source, state);
        state.flowing = flowing;
        return before != silent(source, state);
    }

    /** Notes a raised or lowered hand; true when that is new. */
    boolean hand(boolean up) {
        boolean changed = hand != up;
        hand = up;
        return changed;
    }

    /** Notes that nothing is heard from the member, or that it is heard again; true when the roster changes by it. */
    boolean lost(boolean isLost) {
        lost = isLost;
        return judge();
    }

    /** Notes a quality report; true when the roster changes by it. Two poor reports in a row make a poor connection. */
    boolean quality(ConnectionQuality quality) {
        boolean poor = quality.upLoss() > POOR_LOSS
                || quality.downLoss() > POOR_LOSS
                || quality.roundTripNanos() > POOR_ROUND_TRIP_NANOS;
        poorReports = poor ? Math.min(poorReports + 1, POOR_REPORTS) : Math.max(poorReports - 1, 0);
        return judge();
    }

    private boolean judge() {
        String before = connection;
        if (lost) {
            connection = "lost";
        } else if (poorReports == POOR_REPORTS) {
            connection = "poor";
        } else if (poorReports == 0 || connection.equals("lost")) {
            connection = "good";
        }
        return !before.equals(connection);
    }

    RosterEntry entry() {
        List<SourceState> sources = new ArrayList<>();
        switches.forEach((source, state) -> sources.add(new SourceState(source, silent(source, state))));
        return new RosterEntry(
                participantId(),
                session.claims().userId(),
                session.claims().name(),
                session.rights().role(),
                number(),
                sources,
                hand,
                connection);
    }
}
