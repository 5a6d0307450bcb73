package dev.parley.sfu.rooms;

import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.SlotReports;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.allocation.SlotChoice;
import dev.parley.sfu.allocation.VideoAllocation;
import dev.parley.sfu.allocation.VoiceSelection;
import dev.parley.sfu.bwe.SendSideEstimate;
import dev.parley.sfu.slots.AudioSlot;
import dev.parley.sfu.slots.Downlink;
import dev.parley.sfu.slots.SlotStream;
import dev.parley.sfu.slots.VideoSlot;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.RelayedTrack;
import dev.parley.sfu.tracks.Track;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A participant inside a room: what it sends, what it is sent, and how that is decided. */
final class Member {
    private static final int PROBE_PACKETS_PER_TICK = 64;

    private final Participant participant;
    private final Gathering gathering;
    private final Uplink uplink;
    private final Downlink downlink;
    private final Feedback feedback;
    private final Reports reports;
    private final VideoSlot[] videoSlots;
    private final AudioSlot[] audioSlots;
    private final VideoAllocation allocation;
    private final VoiceSelection voices;
    private final SlotReporter slotReporter;
    private final SlotStream probeStream;
    /** For each video slot, whether the wish at hand names it. */
    private final boolean[] named;

    private long revision;
    private long expectedBefore;
    private long receivedBefore;

    Member(
            Participant participant,
            SfuSettings settings,
            ByteBuffer scratch,
            Reading reading,
            Gathering gathering,
            SfuCounters counters) {
        this.participant = participant;
        this.gathering = gathering;
        ParticipantSpec spec = participant.spec();
        uplink = new Uplink(spec, reading, gathering, counters);
        SendSideEstimate estimate = new SendSideEstimate(settings.startBitrateBps(), settings.maxBitrateBps());
        downlink = new Downlink(spec, participant.sink(), scratch, estimate, counters);
        List<SlotStream> streams = new ArrayList<>();
        List<VideoSlot> video = new ArrayList<>();
        List<AudioSlot> audio = new ArrayList<>();
        for (ReceiveSlot slot : spec.slots()) {
            SlotStream stream = new SlotStream(slot, downlink);
            streams.add(stream);
            if (slot.video()) {
                video.add(new VideoSlot(video.size(), stream));
            } else {
                audio.add(new AudioSlot(audio.size(), stream));
            }
        }
        videoSlots = video.toArray(new VideoSlot[0]);
        audioSlots = audio.toArray(new AudioSlot[0]);
        probeStream = video.isEmpty() ? null : video.getFirst().stream();
        feedback = new Feedback(uplink, downlink, videoSlots, streams, settings.epochNanosAtZero(), counters);
        reports = new Reports(
                uplink,
                streams,
                participant.sink(),
                scratch,
                settings.canonicalName(),
                settings.epochNanosAtZero(),
                counters);
        allocation = new VideoAllocation(videoSlots, audioSlots.length);
        voices = new VoiceSelection(audioSlots);
        slotReporter = new SlotReporter(videoSlots);
        named = new boolean[videoSlots.length];
    }

    /** Repairs and requests, every 10 ms. */
    void onShortTick(long nowNanos) {
        reports.writeRequests(feedback.roundTripOrGuessNanos(), nowNanos);
        probe(nowNanos);
    }

    private void probe(long nowNanos) {
        if (probeStream == null) {
            return;
        }
        long bytes = downlink.estimate().paddingBytes(allocation.wantedBps(), nowNanos);
        for (int i = 0; bytes > 0 && i < PROBE_PACKETS_PER_TICK; i++) {
            int sent = probeStream.sendPadding(nowNanos);
            if (sent == 0) {
                return;
            }
            bytes -= sent;
        }
    }

    /** Decides what each video slot gets and acts on it. */
    void allocate(long nowNanos) {
        allocation.run(downlink.estimate().bitrateBps(), nowNanos);
        for (VideoSlot slot : videoSlots) {
            SlotChoice choice = allocation.choice(slot.index());
            if (choice.layer() != null) {
                slot.changeTo(choice.layer());
            } else if (choice.why() == Why.PUBLISHER) {
                slot.rest();
            } else {
                slot.stop();
            }
        }
    }

    /** Says which layers of tracks at other agents its slots wish for and watch. */
    void wish() {
        for (VideoSlot slot : videoSlots) {
            RelayedTrack relayed = slot.track() == null ? null : slot.track().relayed();
            if (relayed != null) {
                int wanted = allocation.choice(slot.index()).wantedIndex();
                if (wanted >= 0) {
                    relayed.wish(wanted);
                }
                if (slot.current() != null) {
                    relayed.watch(slot.current().index());
                }
                if (slot.pending() != null) {
                    relayed.watch(slot.pending().index());
                }
            }
        }
    }

    /** Takes a complete new wish; slots it does not name become empty. */
    void want(long newRevision, List<WantedSlot> wanted, Room room) {
        revision = newRevision;
        Arrays.fill(named, false);
        for (int i = 0; i < wanted.size(); i++) {
            WantedSlot want = wanted.get(i);
            if (want.slot() < videoSlots.length) {
                named[want.slot()] = true;
                videoSlots[want.slot()].want(want, room.video(want.participant(), want.source()));
                slotReporter.repeat(want.slot());
            }
        }
        for (VideoSlot slot : videoSlots) {
            if (!named[slot.index()]) {
                slot.wantNothing();
            }
        }
    }

    /** Somebody came or left: slots that wait for a publisher may have one now. */
    void rebind(Room room) {
        for (VideoSlot slot : videoSlots) {
            WantedSlot want = slot.want();
            if (want.participant() != 0) {
                slot.want(want, room.video(want.participant(), want.source()));
            }
        }
    }

    /** A track is gone. */
    void forget(Track track, long nowNanos) {
        for (VideoSlot slot : videoSlots) {
            slot.forget(track);
        }
        for (AudioSlot slot : audioSlots) {
            slot.forget(track, nowNanos);
        }
    }

    /** Leaves for good: its slots let go of all tracks. */
    void exit(long nowNanos) {
        participant.exit();
        letGo(nowNanos);
    }

    /** Leaves for another room: nothing that was sent or received here goes along, and all that it is told there is told anew. */
    void leaveRoom(long nowNanos) {
        letGo(nowNanos);
        for (Track track : uplink.tracks()) {
            gathering.drop(track);
            track.leaveBehind();
        }
        for (VideoSlot slot : videoSlots) {
            slotReporter.repeat(slot.index());
        }
        voices.repeat();
    }

    private void letGo(long nowNanos) {
        for (VideoSlot slot : videoSlots) {
            slot.leaveRoom();
        }
        for (AudioSlot slot : audioSlots) {
            slot.leaveRoom(nowNanos);
        }
    }

    /** What changed in the video slots since the last call; valid until the next. */
    SlotReports slotChanges(long nowNanos) {
        return slotReporter.changes(allocation, nowNanos);
    }

    SlotChoice choice(int slot) {
        return allocation.choice(slot);
    }

    /** How the connection did since the last call. */
    ConnectionQuality takeQuality(long nowNanos) {
        long expected = 0;
        long received = 0;
        for (int t = 0; t < uplink.tracks().size(); t++) {
            Track track = uplink.tracks().get(t);
            for (int i = 0; i < track.layerCount(); i++) {
                if (track.layer(i) != null) {
                    expected += track.layer(i).reception().expected();
                    received += track.layer(i).reception().received();
                }
            }
        }
        long expectedNow = expected - expectedBefore;
        long receivedNow = received - receivedBefore;
        expectedBefore = expected;
        receivedBefore = received;
        double upLoss = expectedNow <= 0 ? 0 : Math.clamp(1.0 - (double) receivedNow / expectedNow, 0, 1);
        return new ConnectionQuality(
                uplink.bitrateBps(nowNanos),
                downlink.bitrateBps(nowNanos),
                downlink.estimate().bitrateBps(),
                upLoss,
                Math.max(feedback.reportedLoss(), downlink.estimate().loss()),
                feedback.roundTripNanos());
    }

    Participant participant() {
        return participant;
    }

    long number() {
        return participant.number();
    }

    Uplink uplink() {
        return uplink;
    }

    Feedback feedback() {
        return feedback;
    }

    Reports reports() {
        return reports;
    }

    VoiceSelection voices() {
        return voices;
    }

    VideoSlot[] videoSlots() {
        return videoSlots;
    }

    /** The wish in force, 0 before the first. */
    long revision() {
        return revision;
    }
}
