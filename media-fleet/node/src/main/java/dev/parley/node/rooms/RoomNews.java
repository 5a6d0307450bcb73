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
import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.SlotReports;
import dev.parley.sfu.VoiceReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns what one agent's part of the room reports, on the agent's thread, into messages, on the room's conductor. Slots and voices change many times a
 * second: they go there as words; what is rare goes as steps.
 */
final class RoomNews implements RoomEvents, Conductor.Reports {
    private static final long SLOTS = 1;
    private static final long VOICES = 2;

    /** Kind, receiver, revision. */
    private static final int SLOTS_HEAD = 3;
    /** Publisher and the rest, with the rid beside it. */
    private static final int SLOT_WORDS = 2;
    /** Kind, receiver. */
    private static final int VOICES_HEAD = 2;
    /** Speaker and the rest. */
    private static final int VOICE_WORDS = 2;

    /** With so many words waiting voices are not told: the room is far behind. */
    private static final int TOO_MANY_WORDS = 1 << 16;

    private static final int FIELD_BITS = 16;
    private static final int FIELD = 0xFFFF;

    private static final SlotReport.State[] STATES = SlotReport.State.values();
    private static final Why[] WHYS = Why.values();
    private static final dev.parley.sfu.Source[] SOURCES = dev.parley.sfu.Source.values();

    private final Conductor conductor;
    private final People people;
    private final RoomCounters counters;
    private final RoomQuality history;
    private final ReportRing ring = new ReportRing();

    RoomNews(Conductor conductor, People people, RoomCounters counters, RoomQuality history) {
        this.conductor = conductor;
        this.people = people;
        this.counters = counters;
        this.history = history;
    }

    // ---- the agent's thread

    @Override
    public void slotsChanged(long receiver, long revision, SlotReports slots) {
        ring.begin(SLOTS_HEAD + SLOT_WORDS * slots.count(), conductor.stepsLeft());
        ring.put(SLOTS);
        ring.put(receiver);
        ring.put(revision);
        for (int i = 0; i < slots.count(); i++) {
            ring.put(slots.participant(i));
            ring.put(
                    fields(
                            slots.slot(i),
                            slots.state(i).ordinal(),
                            slots.source(i).ordinal(),
                            slots.why(i).ordinal()),
                    slots.layer(i));
        }
        ring.publish();
        conductor.wake();
    }

    @Override
    public void voicesChanged(long receiver, VoiceReports voices) {
        if (ring.waiting() > TOO_MANY_WORDS) {
            counters.eventsDropped.increment();
            return;
        }
        ring.begin(VOICES_HEAD + VOICE_WORDS * voices.count(), conductor.stepsLeft());
        ring.put(VOICES);
        ring.put(receiver);
        for (int i = 0; i < voices.count(); i++) {
            ring.put(voices.participant(i));
            ring.put(fields(voices.slot(i), voices.level(i), voices.speaking(i) ? 1 : 0, 0));
        }
        ring.publish();
        conductor.wake();
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
            history.sample(
                    member.participantId(),
                    member.session().claims().name(),
                    quality,
                    member.pictures().counts());
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

    private static long fields(int first, int second, int third, int fourth) {
        return first | (long) second << FIELD_BITS | (long) third << 2 * FIELD_BITS | (long) fourth << 3 * FIELD_BITS;
    }

    private static int field(long fields, int index) {
        return (int) (fields >>> index * FIELD_BITS) & FIELD;
    }

    // ---- the conductor's thread

    @Override
    public boolean isEmpty() {
        return ring.isEmpty();
    }

    @Override
    public boolean tellNext(long stepsDone) {
        if (!ring.next(stepsDone)) {
            return false;
        }
        try {
            if (ring.word() == SLOTS) {
                tellSlots(ring.word());
            } else {
                tellVoices(ring.word());
            }
        } finally {
            ring.done();
        }
        return true;
    }

    private void tellSlots(long receiver) {
        long revision = ring.word();
        Optional<Pictures> pictures = people.find(receiver).map(Member::pictures);
        List<SlotState> states = new ArrayList<>();
        while (ring.hasWord()) {
            String publisher = participantId(ring.word());
            String layer = ring.text();
            long fields = ring.word();
            SlotReport.State state = STATES[field(fields, 1)];
            Why why = WHYS[field(fields, 3)];
            pictures.ifPresent(shown -> shown.note(field(fields, 0), state, layer, why));
            boolean empty = state == SlotReport.State.EMPTY;
            states.add(new SlotState(
                    field(fields, 0),
                    empty ? null : publisher,
                    empty ? null : Sources.toWire(SOURCES[field(fields, 2)]),
                    state.name().toLowerCase(Locale.ROOT),
                    layer.isEmpty() ? null : layer,
                    why == Why.NOTHING ? null : why.name().toLowerCase(Locale.ROOT)));
        }
        send(receiver, new ChannelMessage.Slots(revision, states));
    }

    private void tellVoices(long receiver) {
        List<Voice> voices = new ArrayList<>();
        while (ring.hasWord()) {
            String speaker = participantId(ring.word());
            long fields = ring.word();
            if (speaker != null) {
                voices.add(new Voice(field(fields, 0), speaker, field(fields, 1), field(fields, 2) != 0));
            }
        }
        send(receiver, new ChannelMessage.Voices(voices));
    }

    /** Null for somebody who is not there any more. */
    private String participantId(long number) {
        return people.find(number).map(Member::participantId).orElse(null);
    }

    private void send(long receiver, ChannelMessage message) {
        people.find(receiver).ifPresent(member -> member.session().send(ChannelText.of(message)));
    }
}
