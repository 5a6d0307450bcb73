package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.MediaPath;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.RoomAct;
import dev.parley.node.agents.MediaAgent;
import dev.parley.node.negotiation.Sources;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.WantedSlot;
import java.util.ArrayList;
import java.util.List;

/** What people say on the data channel and what hosts say over the API, carried out. Belongs to the room's conductor. */
final class RoomTalk {
    private static final int MAX_PIXELS = 1 << 14;
    private static final int MAX_FRAMES_PER_SECOND = 240;
    private static final int MAX_WORD = 64;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** A camera and a screen. */
    private static final int DIRECT_PICTURES = 2;

    private final String room;
    private final People people;
    private final RoomCounters counters;
    private final RoomQuality history;

    RoomTalk(String room, People people, RoomCounters counters, RoomQuality history) {
        this.room = room;
        this.people = people;
        this.counters = counters;
        this.history = history;
    }

    void onMessage(Session session, ChannelMessage message) {
        people.find(session).ifPresent(member -> {
            switch (message) {
                case ChannelMessage.Want want -> want(member, want);
                case ChannelMessage.Mute mute -> mute(member, mute);
                case ChannelMessage.Act act -> act(member, act);
                case ChannelMessage.Ping ping -> session.send(ChannelText.of(new ChannelMessage.Pong(ping.at())));
                case ChannelMessage.Quality quality -> quality(member, quality);
                case ChannelMessage.Pong pong -> {
                    // Answers a ping of ours, which says no more than that the channel works.
                }
                default -> counters.messagesMalformed.increment();
            }
        });
    }

    /**
     * The client's own view. The node acts on the reports of RTCP, which know nothing of pictures that stand still, nor of what goes from one
     * person to the other.
     */
    private void quality(Member member, ChannelMessage.Quality said) {
        String participant = member.participantId();
        if (said.path() == MediaPath.DIRECT) {
            history.direct(
                    participant,
                    new ConnectionQuality(
                            said.up() == null ? 0 : said.up(),
                            said.down() == null ? 0 : said.down(),
                            0,
                            ratio(said.upLoss()),
                            ratio(said.downLoss()),
                            said.rtt() == null ? -1 : said.rtt() * NANOS_PER_MILLI));
            history.froze(participant, member.directFreezes().take(said.slots(), DIRECT_PICTURES));
        } else {
            history.byNode(participant);
            history.froze(participant, member.freezes().take(said.slots(), videoSlots(member)));
        }
    }

    private static double ratio(Double said) {
        return said == null || said.isNaN() ? 0 : Math.clamp(said, 0.0, 1.0);
    }

    private void want(Member member, ChannelMessage.Want want) {
        int slots = videoSlots(member);
        List<WantedSlot> wanted = new ArrayList<>();
        for (ChannelMessage.WantedSlot slot : want.slots()) {
            if (slot == null || slot.slot() < 0 || slot.slot() >= slots || wanted.size() >= slots) {
                counters.messagesMalformed.increment();
                continue;
            }
            long publisher = slot.participant() == null
                    ? 0
                    : people.find(slot.participant()).map(Member::number).orElse(0L);
            Source source = slot.source() == null ? Source.CAMERA : slot.source();
            wanted.add(new WantedSlot(
                    slot.slot(),
                    publisher,
                    Sources.toSfu(source),
                    Math.clamp(slot.width(), 0, MAX_PIXELS),
                    Math.clamp(slot.height(), 0, MAX_PIXELS),
                    Math.clamp(slot.fps(), 0, MAX_FRAMES_PER_SECOND),
                    slot.stage()));
        }
        MediaAgent agent = member.session().agent();
        agent.sfu().want(room, member.number(), want.rev(), wanted);
        agent.wake();
    }

    private static int videoSlots(Member member) {
        return (int) member.session().participant().spec().slots().stream()
                .filter(ReceiveSlot::video)
                .count();
    }

    private void mute(Member member, ChannelMessage.Mute mute) {
        if (mute.source() == null || !member.publishes(mute.source())) {
            counters.messagesMalformed.increment();
            return;
        }
        if (!mute.muted() && !member.session().rights().publishes(mute.source())) {
            member.session().send(ChannelText.of(new ChannelMessage.Muted(mute.source(), true, null)));
            return;
        }
        set(member, mute.source(), mute.muted());
    }

    /** What somebody may send is different, or they have just come: what they may not is muted, and they and all others are told. */
    void onRights(Session session, String by) {
        people.find(session).ifPresent(member -> {
            for (Source source : Source.values()) {
                if (member.publishes(source) && !session.rights().publishes(source)) {
                    boolean told = by == null || Boolean.TRUE.equals(member.said(source));
                    member.say(source, true);
                    session.agent().sfu().mute(room, member.number(), Sources.toSfu(source), true);
                    if (!told) {
                        session.send(ChannelText.of(new ChannelMessage.Muted(source, true, by)));
                    }
                }
            }
            session.agent().wake();
            if (by != null) {
                people.announce(member);
            }
        });
    }

    private void set(Member member, Source source, boolean muted) {
        boolean changed = member.say(source, muted);
        MediaAgent agent = member.session().agent();
        agent.sfu().mute(room, member.number(), Sources.toSfu(source), muted);
        agent.wake();
        if (changed) {
            people.announce(member);
        }
    }

    /** A new session of the same participant: what was muted stays muted. */
    void repeatMutes(Session session) {
        people.find(session).ifPresent(member -> {
            MediaAgent agent = session.agent();
            for (Source source : Source.values()) {
                if (Boolean.TRUE.equals(member.said(source))) {
                    agent.sfu().mute(room, member.number(), Sources.toSfu(source), true);
                }
            }
            agent.wake();
        });
    }

    void onHostMute(RoomAct act) {
        Source source = act.source() == null ? Source.MICROPHONE : act.source();
        boolean muted = act.act() != RoomAct.Kind.UNMUTE_REQUEST;
        for (Member member : people.all()) {
            boolean meant = act.act() == RoomAct.Kind.MUTE_ALL
                    ? !member.participantId().equals(act.by())
                            && !member.session().rights().moderates()
                    : member.session().claims().userId().equals(act.user());
            if (meant && member.publishes(source)) {
                if (muted) {
                    set(member, source, true);
                }
                // A request to speak is the same message the other way: the client asks its person.
                member.session().send(ChannelText.of(new ChannelMessage.Muted(source, muted, act.by())));
            }
        }
    }

    /** A host tells everybody something. @param name the host's, null when not known */
    void announce(String text, String by, String name) {
        people.broadcast(ChannelText.of(new ChannelMessage.Announce(text, by, name)));
    }

    private void act(Member member, ChannelMessage.Act act) {
        if (act.act() == null || tooLong(act.act()) || tooLong(act.reaction()) || tooLong(act.topic())) {
            counters.messagesMalformed.increment();
            return;
        }
        boolean lowersOthers = act.act().equals("lower") && act.to() != null;
        switch (act.act()) {
            case "hand" -> raise(member, true);
            case "lower" -> {
                if (!lowersOthers) {
                    raise(member, false);
                } else if (member.session().rights().moderates()) {
                    act.to().forEach(participant -> people.find(participant).ifPresent(other -> raise(other, false)));
                }
            }
            default -> {
                // Reactions and app messages are passed on below; the node does not judge them.
            }
        }
        pass(member, act);
    }

    private void pass(Member member, ChannelMessage.Act act) {
        String text = ChannelText.of(new ChannelMessage.Act(
                act.act(), act.reaction(), act.topic(), act.data(), member.participantId(), null));
        if (!ChannelText.fits(text)) {
            counters.messagesMalformed.increment();
        } else if (act.to() == null) {
            people.broadcastBut(member.session(), text);
        } else {
            act.to().stream()
                    .distinct()
                    .forEach(participant -> people.find(participant)
                            .ifPresent(other -> other.session().send(text)));
        }
    }

    private void raise(Member member, boolean up) {
        if (member.hand(up)) {
            people.announce(member);
        }
    }

    private static boolean tooLong(String word) {
        return word != null && word.length() > MAX_WORD;
    }
}
