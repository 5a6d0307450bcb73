package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import java.util.ArrayList;
import java.util.List;

/** One camera to many receivers with one slot each. */
final class Broadcast implements Profile {
    static final int PUBLISHER = 1;

    private static final PeerPlan CAMERA = new PeerPlan(false, true, List.of(), 0, 0);
    private static final PeerPlan VIEWER = new PeerPlan(false, false, List.of(), 0, 1);

    private final int viewers;
    private final int packetsPerFrame;
    private final long gapNanos;

    /** @param viewers of each room */
    Broadcast(BenchArguments arguments, int viewers) {
        this.viewers = viewers;
        packetsPerFrame = arguments.packetsPerFrame();
        gapNanos = arguments.gap().toNanos();
    }

    @Override
    public List<Seat> seats(String room) {
        List<Seat> seats = new ArrayList<>();
        seats.add(new Seat(room, PUBLISHER, CAMERA, new ChannelMessage.Want(1, List.of())));
        for (int i = 1; i <= viewers; i++) {
            seats.add(viewer(room, PUBLISHER + i));
        }
        return seats;
    }

    /** One who watches. */
    static Seat viewer(String room, int number) {
        var slot = new ChannelMessage.WantedSlot(0, Seat.participant(PUBLISHER), Source.CAMERA, 1280, 720, 0, true);
        return new Seat(room, number, VIEWER, new ChannelMessage.Want(1, List.of(slot)));
    }

    @Override
    public List<OutgoingStream> streams(List<Participant> people) {
        return List.of(new OutgoingStream(people.getFirst().sending(), StreamShape.camera(packetsPerFrame), gapNanos));
    }

    @Override
    public long receiversOfEach() {
        return viewers;
    }

    @Override
    public double throughputTarget(String srtp) {
        if (gapNanos > 0) {
            return 300_000;
        }
        return srtp.contains("ipsec") ? 500_000 : 400_000;
    }
}
