package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A room's roster: who is connected, and telling everybody about it. Belongs to the room's conductor. */
final class People {
    private final Map<String, Member> byParticipant = new LinkedHashMap<>();
    private final Map<Long, Member> byNumber = new HashMap<>();
    private final RoomCounters counters;
    private long revision;

    People(RoomCounters counters) {
        this.counters = counters;
    }

    /**
     * Takes a session that has just connected into the roster, sends it the whole roster and everybody else the change.
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
            byNumber.put(member.number(), member);
            revision++;
            broadcastBut(session, ChannelText.added(revision, member.entry()));
        } else {
            earlier = member.session();
            byNumber.remove(member.number(), member);
            member.move(session);
            byNumber.put(member.number(), member);
            revision++;
            broadcastBut(session, ChannelText.changed(revision, member.entry()));
        }
        List<RosterEntry> entries = new ArrayList<>(byParticipant.size());
        byParticipant.values().forEach(each -> entries.add(each.entry()));
        ChannelText.roster(revision, entries).forEach(session::send);
        return earlier == session ? null : earlier;
    }

    /** Takes a session's participant out, unless it has another session by now. */
    void depart(Session session) {
        Member member = byParticipant.get(session.claims().participantId());
        if (member != null && member.session() == session) {
            byParticipant.remove(member.participantId());
            byNumber.remove(member.number(), member);
            counters.participants.decrementAndGet();
            revision++;
            broadcast(ChannelText.removed(revision, member.participantId()));
        }
    }

    /** Takes everybody out without a word. */
    void clear() {
        counters.participants.addAndGet(-byParticipant.size());
        byParticipant.clear();
        byNumber.clear();
    }

    /** Tells everybody how a member is now. */
    void announce(Member member) {
        revision++;
        broadcast(ChannelText.changed(revision, member.entry()));
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

    void broadcast(String text) {
        byParticipant.values().forEach(member -> member.session().send(text));
    }

    void broadcastBut(Session sender, String text) {
        for (Member member : byParticipant.values()) {
            if (member.session() != sender) {
                member.session().send(text);
            }
        }
    }
}
