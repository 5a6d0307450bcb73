package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import dev.parley.contracts.media.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rooms of nine: each sends a camera of three layers and a microphone, and receives one camera at 720p, the eight at 180p (one of them twice, therefore),
 * and three voices. Everybody changes who is large twice a second.
 */
final class Meeting implements Profile {
    static final int PEOPLE = 9;

    private static final List<String> RIDS = List.of("q", "h", "f");
    private static final int AUDIO_SLOTS = 3;

    private final int rooms;
    private final long gapNanos;
    private final List<Participant> people = new ArrayList<>();
    private long revision = 1;

    Meeting(BenchArguments arguments) {
        rooms = Math.max(1, arguments.receivers() / PEOPLE);
        gapNanos = arguments.gap().toNanos();
    }

    @Override
    public void prepare(Crowd crowd) {}

    @Override
    public List<OutgoingStream> join(Crowd crowd) throws IOException, InterruptedException {
        PeerPlan plan = new PeerPlan(true, true, RIDS, AUDIO_SLOTS, PEOPLE);
        List<OutgoingStream> streams = new ArrayList<>();
        List<Seat> seats = new ArrayList<>();
        for (int room = 0; room < rooms; room++) {
            for (int person = 0; person < PEOPLE; person++) {
                seats.add(new Seat("bench-" + room, person + 1, plan, new ChannelMessage.Want(1, List.of())));
            }
        }
        people.addAll(crowd.joinAll(seats));
        long start = System.nanoTime();
        for (int i = 0; i < people.size(); i++) {
            long own = start + i * StreamShape.layer("q").frameNanos() / people.size();
            for (String rid : RIDS) {
                streams.add(new OutgoingStream(people.get(i).sending(), StreamShape.layer(rid), gapNanos, own));
            }
            streams.add(new OutgoingStream(people.get(i).sending(), StreamShape.microphone(20 + i % PEOPLE), 0, own));
        }
        turn();
        return streams;
    }

    @Override
    public int joining() {
        return rooms * PEOPLE;
    }

    @Override
    public void turn() {
        revision++;
        for (int i = 0; i < people.size(); i++) {
            people.get(i).want(want(i % PEOPLE));
        }
    }

    private ChannelMessage.Want want(int self) {
        List<WantedSlot> slots = new ArrayList<>();
        slots.add(slot(0, self, (int) (revision % (PEOPLE - 1)), 1280, 720, true));
        for (int other = 0; other < PEOPLE - 1; other++) {
            slots.add(slot(other + 1, self, other, 320, 180, false));
        }
        return new ChannelMessage.Want(revision, slots);
    }

    private static WantedSlot slot(int slot, int self, int other, int width, int height, boolean stage) {
        int person = (self + 1 + other) % PEOPLE;
        return new WantedSlot(slot, Seat.participant(person + 1), Source.CAMERA, width, height, 0, stage);
    }

    @Override
    public long expected(long sent) {
        return -1;
    }

    @Override
    public double throughputTarget(String srtp) {
        return 250_000;
    }
}
