package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.SlotState;
import dev.parley.contracts.media.ChannelMessage.TrackLayers;
import dev.parley.contracts.media.ChannelMessage.Voice;
import dev.parley.contracts.media.Source;
import dev.parley.node.negotiation.Sources;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SlotReport;
import dev.parley.sfu.VoiceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns what the SFU reports on the agent's thread into messages, on the room's conductor. */
final class RoomNews implements RoomEvents {
    private final Conductor conductor;
    private final People people;
    private final RoomCounters counters;

    RoomNews(Conductor conductor, People people, RoomCounters counters) {
        this.conductor = conductor;
        this.people = people;
        this.counters = counters;
    }

    @Override
    public void slotsChanged(long receiver, long revision, List<SlotReport> slots) {
        List<SlotReport> kept = List.copyOf(slots);
        conductor.post(() ->
                people.find(receiver).ifPresent(member -> member.session().send(text(revision, kept))));
    }

    private String text(long revision, List<SlotReport> reports) {
        List<SlotState> states = new ArrayList<>(reports.size());
        for (SlotReport report : reports) {
            boolean empty = report.state() == SlotReport.State.EMPTY;
            states.add(new SlotState(
                    report.slot(),
                    empty
                            ? null
                            : people.find(report.participant())
                                    .map(Member::participantId)
                                    .orElse(null),
                    empty ? null : Sources.toWire(report.source()),
                    report.state().name().toLowerCase(Locale.ROOT),
                    report.layer().isEmpty() ? null : report.layer(),
                    report.why() == SlotReport.Why.NOTHING
                            ? null
                            : report.why().name().toLowerCase(Locale.ROOT)));
        }
        return ChannelText.of(new ChannelMessage.Slots(revision, states));
    }

    @Override
    public void voicesChanged(long receiver, List<VoiceReport> voices) {
        List<VoiceReport> kept = List.copyOf(voices);
        offer(() -> people.find(receiver).ifPresent(member -> {
            List<Voice> named = new ArrayList<>(kept.size());
            for (VoiceReport voice : kept) {
                people.find(voice.participant())
                        .ifPresent(speaker -> named.add(
                                new Voice(voice.slot(), speaker.participantId(), voice.level(), voice.speaking())));
            }
            member.session().send(ChannelText.of(new ChannelMessage.Voices(named)));
        }));
    }

    @Override
    public void layersWanted(long publisher, dev.parley.sfu.Source source, List<String> rids) {
        ChannelMessage layers =
                new ChannelMessage.Layers(List.of(new TrackLayers(Sources.toWire(source), List.copyOf(rids))));
        conductor.post(() ->
                people.find(publisher).ifPresent(member -> member.session().send(ChannelText.of(layers))));
    }

    @Override
    public void trackFlowing(long publisher, dev.parley.sfu.Source source, boolean flowing) {
        Source named = Sources.toWire(source);
        conductor.post(() -> people.find(publisher)
                .filter(member -> member.flows(named, flowing))
                .ifPresent(people::announce));
    }

    @Override
    public void quality(long participant, ConnectionQuality quality) {
        offer(() -> people.find(participant).ifPresent(member -> {
            Integer roundTripMillis =
                    quality.roundTripNanos() < 0 ? null : (int) (quality.roundTripNanos() / 1_000_000L);
            member.session()
                    .send(ChannelText.of(new ChannelMessage.Quality(
                            quality.upBps(),
                            quality.estimateBps(),
                            Math.max(quality.upLoss(), quality.downLoss()),
                            roundTripMillis,
                            null)));
            if (member.quality(quality)) {
                people.announce(member);
            }
        }));
    }

    private void offer(Runnable step) {
        if (!conductor.offer(step)) {
            counters.eventsDropped.increment();
        }
    }
}
