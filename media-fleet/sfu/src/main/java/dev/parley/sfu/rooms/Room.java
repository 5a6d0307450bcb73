package dev.parley.sfu.rooms;

import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.SlotReports;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.allocation.LayerDemand;
import dev.parley.sfu.relay.RelayLink;
import dev.parley.sfu.relay.RelayOwner;
import dev.parley.sfu.relay.RoomRelay;
import dev.parley.sfu.slots.VideoSlot;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.Track;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One room, or one agent's part of it: who is in it, and the clockwork that runs its feedback, its choices and its reports. */
final class Room implements RelayOwner {
    /** The shortest period of the clockwork. */
    static final long TICK_NANOS = 10_000_000L;

    private static final int FEEDBACK_TICKS = 5;
    private static final int CHOICE_TICKS = 10;
    private static final int REPORT_TICKS = 100;
    private static final int QUALITY_TICKS = 200;

    private final RoomEvents events;
    private final SfuSettings settings;
    private final ByteBuffer scratch;
    private final Reading reading = new Reading();
    private final Gathering gathering;
    private final SfuCounters counters;
    private final List<Member> members = new ArrayList<>();
    private final List<Track> voices = new ArrayList<>();
    private final List<LayerDemand> demands = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private final RoomRelay relay;
    private long ticks;
    private boolean choicesDue;
    private boolean rebindDue;

    /** @param part a number that the agent gives to no other room */
    Room(
            String key,
            long part,
            RoomEvents events,
            SfuSettings settings,
            ByteBuffer scratch,
            Gathering gathering,
            SfuCounters counters) {
        relay = new RoomRelay(key, part, this, gathering);
        this.events = events;
        this.settings = settings;
        this.scratch = scratch;
        this.gathering = gathering;
        this.counters = counters;
    }

    /** Brings a participant in; one with the same number leaves first. */
    void join(Participant participant, long nowNanos) {
        leave(participant.number(), nowNanos);
        enter(new Member(participant, settings, scratch, reading, gathering, counters), nowNanos);
    }

    private void enter(Member member, long nowNanos) {
        members.add(member);
        member.participant().enter(this, member);
        for (Track track : member.uplink().tracks()) {
            flows.add(new Flow(track));
            if (track.source().video()) {
                demands.add(new LayerDemand(track));
            }
        }
        relay.came(member.participant().spec(), member.uplink().tracks(), nowNanos);
        rebind();
    }

    /**
     * Brings a participant in from the room it is in, with the streams it sends and the slots it is sent: their numbers and clocks go on. No packet that
     * was received or sent in that room is seen in this one. Ignored when it is in no room, or in this one.
     */
    void welcome(Participant participant, long nowNanos) {
        Room from = participant.room();
        if (from == null || from == this) {
            return;
        }
        Member member = from.release(participant, nowNanos);
        leave(member.number(), nowNanos);
        enter(member, nowNanos);
        for (Flow flow : flows) {
            if (flow.track.publisher() == member.number()) {
                // What the listener of the other room heard last may be old.
                flow.told = flow.track.flowing(nowNanos);
                events.trackFlowing(member.number(), flow.track.source(), flow.told);
            }
        }
    }

    private Member release(Participant participant, long nowNanos) {
        Member member = member(participant.number());
        takeOut(member, nowNanos);
        member.leaveRoom(nowNanos);
        rebind();
        return member;
    }

    /** Takes a participant out; ignored unless this very session is in. */
    void leave(Participant participant, long nowNanos) {
        Member member = member(participant.number());
        if (member != null && member.participant() == participant) {
            remove(member, nowNanos);
        }
    }

    /** Takes a participant out by number; ignored when it is not in. */
    void leave(long number, long nowNanos) {
        Member member = member(number);
        if (member != null) {
            remove(member, nowNanos);
        }
    }

    private void remove(Member member, long nowNanos) {
        member.exit(nowNanos);
        takeOut(member, nowNanos);
        rebind();
    }

    private void takeOut(Member member, long nowNanos) {
        members.remove(member);
        relay.went(member.number());
        for (Track track : member.uplink().tracks()) {
            demands.removeIf(demand -> demand.track() == track);
            trackWent(track, nowNanos);
        }
    }

    @Override
    public void trackCame(Track track) {
        flows.add(new Flow(track));
    }

    @Override
    public void trackWent(Track track, long nowNanos) {
        for (Member other : members) {
            other.forget(track, nowNanos);
        }
        voices.remove(track);
        flows.removeIf(flow -> flow.track == track);
    }

    @Override
    public void replacedElsewhere(long number, long nowNanos) {
        leave(number, nowNanos);
    }

    @Override
    public void peopleChanged() {
        rebindDue = true;
    }

    @Override
    public void wishesChanged() {
        choicesDue = true;
    }

    /** Joins with the part of this room that another agent has. */
    void spread(RelayLink link) {
        relay.spread(link);
    }

    RoomRelay relay() {
        return relay;
    }

    private void rebind() {
        rebindDue = false;
        for (Member member : members) {
            member.rebind(this);
        }
        choicesDue = true;
    }

    /** Takes everybody out. */
    void end(long nowNanos) {
        relay.end(nowNanos);
        for (Member member : members) {
            member.exit(nowNanos);
        }
        members.clear();
        voices.clear();
        demands.clear();
        flows.clear();
    }

    void want(long receiver, long revision, List<WantedSlot> slots) {
        Member member = member(receiver);
        if (member != null) {
            member.want(revision, slots, this);
            choicesDue = true;
        }
    }

    void mute(long participant, Source source, boolean muted) {
        Member member = member(participant);
        if (member == null) {
            return;
        }
        for (Track track : member.uplink().tracks()) {
            if (track.source() == source) {
                track.muted(muted);
            }
        }
        choicesDue = true;
    }

    private Member member(long number) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).number() == number) {
                return members.get(i);
            }
        }
        return null;
    }

    /** A participant's picture; null when there is none. */
    Track video(long participant, Source source) {
        Member member = source.video() ? member(participant) : null;
        if (member != null) {
            List<Track> tracks = member.uplink().tracks();
            for (int i = 0; i < tracks.size(); i++) {
                if (tracks.get(i).source() == source) {
                    return tracks.get(i);
                }
            }
        }
        return member == null && source.video() ? relay.video(participant, source) : null;
    }

    /** Runs everything that is due; called every {@link #TICK_NANOS}. */
    void onTick(long nowNanos) {
        ticks++;
        relay.tellTracks(nowNanos);
        if (rebindDue) {
            rebind();
        }
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            member.onShortTick(nowNanos);
            if (ticks % FEEDBACK_TICKS == 0) {
                member.reports().writeArrivals();
            }
        }
        if (ticks % CHOICE_TICKS == 0) {
            watchFlows(nowNanos);
        }
        if (ticks % FEEDBACK_TICKS == 0) {
            chooseVoices(nowNanos);
        }
        boolean chosen = choicesDue || ticks % CHOICE_TICKS == 0;
        if (chosen) {
            choosePictures(nowNanos);
        }
        relay.tellWishes(nowNanos);
        if (chosen || ticks % FEEDBACK_TICKS == 0) {
            reportSlots(nowNanos);
        }
        if (ticks % REPORT_TICKS == 0) {
            for (int i = 0; i < members.size(); i++) {
                members.get(i).reports().writeReports(nowNanos);
            }
        }
        if (ticks % QUALITY_TICKS == 0) {
            for (int i = 0; i < members.size(); i++) {
                events.quality(members.get(i).number(), members.get(i).takeQuality(nowNanos));
            }
        }
    }

    private void watchFlows(long nowNanos) {
        for (int i = 0; i < flows.size(); i++) {
            Flow flow = flows.get(i);
            boolean flowing = flow.track.flowing(nowNanos);
            if (flowing && flow.track.loudness() != null && !flow.voice) {
                flow.voice = true;
                voices.add(flow.track);
            }
            if (flowing != flow.told) {
                flow.told = flowing;
                choicesDue = true;
                if (flow.track.relayed() == null) {
                    events.trackFlowing(flow.track.publisher(), flow.track.source(), flowing);
                }
            }
        }
    }

    private void chooseVoices(long nowNanos) {
        for (int i = 0; i < voices.size(); i++) {
            voices.get(i).loudness().onTick(nowNanos);
        }
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            member.voices().run(voices, member.number(), nowNanos);
            if (member.voices().takeReportDue(nowNanos)) {
                events.voicesChanged(member.number(), member.voices().report());
            }
        }
    }

    private void choosePictures(long nowNanos) {
        choicesDue = false;
        for (int i = 0; i < members.size(); i++) {
            members.get(i).allocate(nowNanos);
        }
        if (relay.spread()) {
            relay.beginWishes();
            for (int i = 0; i < members.size(); i++) {
                members.get(i).wish();
            }
        }
        for (int i = 0; i < demands.size(); i++) {
            LayerDemand demand = demands.get(i);
            demand.begin(members.size() + relay.peopleElsewhere() > 1);
            collect(demand);
            int elsewhere = relay.wishedElsewhere(demand.track());
            for (int bits = elsewhere; bits != 0; bits &= bits - 1) {
                demand.add(Integer.numberOfTrailingZeros(bits));
            }
            if (demand.end(nowNanos)) {
                events.layersWanted(demand.track().publisher(), demand.track().source(), demand.rids());
            }
        }
    }

    private void collect(LayerDemand demand) {
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            for (VideoSlot slot : member.videoSlots()) {
                int wanted = member.choice(slot.index()).wantedIndex();
                if (slot.track() == demand.track() && wanted >= 0) {
                    demand.add(wanted);
                }
            }
        }
    }

    private void reportSlots(long nowNanos) {
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            SlotReports changes = member.slotChanges(nowNanos);
            if (changes.count() > 0) {
                events.slotsChanged(member.number(), member.revision(), changes);
            }
        }
    }

    /** Whether a track's packets flowed when its room was told last. */
    private static final class Flow {
        private final Track track;
        private boolean told;
        private boolean voice;

        private Flow(Track track) {
            this.track = track;
        }
    }
}
