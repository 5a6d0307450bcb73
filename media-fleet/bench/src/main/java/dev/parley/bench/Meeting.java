package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import dev.parley.contracts.media.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * A room whose publishers send a camera of three layers and a microphone each. Everybody receives one camera at 720p, up to eight at 180p (the large one is
 * among them in a room of nine) and three voices, and changes who is large twice a second.
 */
final class Meeting implements Profile {
    static final int PEOPLE = 9;

    private static final List<String> RIDS = List.of("q", "h", "f");
    private static final int AUDIO_SLOTS = 3;
    private static final int SMALL = 8;

    private final int people;
    private final int publishers;
    private final long gapNanos;

    /**
     * A room.
     *
     * @param people in it
     * @param publishers those of them who send
     */
    Meeting(BenchArguments arguments, int people, int publishers) {
        this.people = people;
        this.publishers = Math.min(people, publishers);
        gapNanos = arguments.gap().toNanos();
    }

    @Override
    public List<Seat> seats(String room) {
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            boolean sends = i < publishers;
            PeerPlan plan = new PeerPlan(sends, sends, sends ? RIDS : List.of(), AUDIO_SLOTS, 1 + SMALL);
            seats.add(new Seat(room, i + 1, plan, new ChannelMessage.Want(1, List.of())));
        }
        return seats;
    }

    @Override
    public List<OutgoingStream> streams(List<Participant> joined) {
        List<OutgoingStream> streams = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            for (String rid : RIDS) {
                streams.add(new OutgoingStream(joined.get(i).sending(), StreamShape.layer(i + 1, rid), gapNanos));
            }
            streams.add(new OutgoingStream(joined.get(i).sending(), StreamShape.microphone(20 + i % PEOPLE), 0));
        }
        return streams;
    }

    @Override
    public void turn(List<Participant> joined, long revision) {
        for (int i = 0; i < people; i++) {
            joined.get(i).want(want(i, revision + 1));
        }
    }

    /** Those behind oneself in the ring of publishers, and one of them large. */
    ChannelMessage.Want want(int self, long revision) {
        int others = self < publishers ? publishers - 1 : publishers;
        List<WantedSlot> slots = new ArrayList<>();
        if (others > 0) {
            slots.add(slot(0, self, (int) (revision % others), 1280, 720));
        }
        for (int other = 0; other < Math.min(SMALL, others); other++) {
            slots.add(slot(other + 1, self, other, 320, 180));
        }
        return new ChannelMessage.Want(revision, slots);
    }

    private WantedSlot slot(int slot, int self, int other, int width, int height) {
        int person = (self + 1 + other) % publishers;
        return new WantedSlot(slot, Seat.participant(person + 1), Source.CAMERA, width, height, 0, slot == 0);
    }

    @Override
    public long receiversOfEach() {
        return -1;
    }

    @Override
    public boolean onlyPackets() {
        return false;
    }

    @Override
    public double throughputTarget(String srtp) {
        return 250_000;
    }
}
