package dev.parley.node.rooms;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A room's roster: who is connected, and telling everybody about it. The first change is told at once; those within
 * {@link #GATHER_NANOS} after it are told together, so that a hundred joins a second cost twenty messages a person and not a hundred.
 * Belongs to the room's conductor.
 */
final class People {
    /** The least time between two messages about the roster to one person. */
    static final long GATHER_NANOS = 50_000_000L;

    private final Map<String, Member> byParticipant = new LinkedHashMap<>();
    private final Map<Long, Member> byNumber = new HashMap<>();
    private final RosterNews news = new RosterNews();
    /** Who waits for the whole roster. */
    private final Set<Session> newcomers = new LinkedHashSet<>();

    private final RoomCounters counters;
    private long revision;
    private long lastToldNanos;

    People(RoomCounters counters, long nowNanos) {
        this.counters = counters;
        this.lastToldNanos = nowNanos - GATHER_NANOS;
    }

    /**
     * Takes a session that has just connected into the roster; it is to get the whole roster and everybody else the change.
     *
     * @return the participant's earlier session, null when there was none
     */
    Session arrive(Session session) {
        Member member = byParticipant.get(session.claims().participantId());
        Session earlier = null;
        if (member == null) {
            member = new Member(session);
            byParticipant.put(member.participantId(), member);
            counters.participants.incrementAndGet();
        } else {
            earlier = member.session();
            byNumber.remove(member.number(), member);
            member.move(session);
        }
        byNumber.put(member.number(), member);
        newcomers.add(session);
        announce(member);
        return earlier == session ? null : earlier;
    }

    /** Takes a session's participant out, unless it has another session by now. */
    void depart(Session session) {
        Member member = byParticipant.get(session.claims().participantId());
        if (member != null && member.session() == session) {
            byParticipant.remove(member.participantId());
            byNumber.remove(member.number(), member);
            counters.participants.decrementAndGet();
            newcomers.remove(session);
            announce(member);
        }
    }

    /** Takes somebody out who goes to another room of the meeting, and tells the others; empty when the session is not in. */
    Optional<Member> release(Session session) {
        Optional<Member> member = find(session);
        member.ifPresent(leaving -> depart(session));
        return member;
    }

    /** Takes in somebody who comes from another room of the meeting: as {@link #arrive}, with all that is known of them but a raised hand. */
    void welcome(Member member) {
        member.hand(false);
        byParticipant.put(member.participantId(), member);
        byNumber.put(member.number(), member);
        counters.participants.incrementAndGet();
        newcomers.add(member.session());
        announce(member);
    }

    /** Takes everybody out without a word. */
    void clear() {
        counters.participants.addAndGet(-byParticipant.size());
        byParticipant.clear();
        byNumber.clear();
        newcomers.clear();
        news.clear();
    }

    /** Everybody is to know how a member is now. */
    void announce(Member member) {
        news.touch(member.participantId());
    }

    /**
     * Tells what there is to tell, if the last time is long enough ago.
     *
     * @return how many nanoseconds are left until then, {@link Long#MAX_VALUE} when there is nothing to tell
     */
    long settle(long nowNanos) {
        if (news.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long waited = nowNanos - lastToldNanos;
        if (waited < GATHER_NANOS) {
            return GATHER_NANOS - waited;
        }
        lastToldNanos = nowNanos;
        tell();
        return Long.MAX_VALUE;
    }

    /** Newcomers get the whole roster, everybody else what is new in it. */
    private void tell() {
        if (news.isEmpty()) {
            return;
        }
        revision++;
        List<String> changes = news.take(
                revision, participant -> find(participant).map(Member::entry).orElse(null));
        List<String> whole = newcomers.isEmpty() ? List.of() : whole();
        for (Member member : byParticipant.values()) {
            Session session = member.session();
            (newcomers.contains(session) ? whole : changes).forEach(session::send);
        }
        newcomers.clear();
    }

    private List<String> whole() {
        return ChannelText.roster(
                revision, byParticipant.values().stream().map(Member::entry).toList());
    }

    /** The member whose present session this is. */
    Optional<Member> find(Session session) {
        return Optional.ofNullable(byParticipant.get(session.claims().participantId()))
                .filter(member -> member.session() == session);
    }

    Optional<Member> find(String participantId) {
        return Optional.ofNullable(byParticipant.get(participantId));
    }

    Optional<Member> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    Iterable<Member> all() {
        return byParticipant.values();
    }

    /** Says something to everybody, after all that it may be about. */
    void broadcast(String text) {
        tell();
        byParticipant.values().forEach(member -> member.session().send(text));
    }

    /** Says something to everybody but one, after all that it may be about. */
    void broadcastBut(Session sender, String text) {
        tell();
        for (Member member : byParticipant.values()) {
            if (member.session() != sender) {
                member.session().send(text);
            }
        }
    }
}
