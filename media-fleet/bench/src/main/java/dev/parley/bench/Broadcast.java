package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** One camera to many receivers with one slot each. */
final class Broadcast implements Profile {
    private static final String ROOM = "bench";
    private static final int PUBLISHER = 1;

    private final BenchArguments arguments;
    private Participant publisher;

    Broadcast(BenchArguments arguments) {
        this.arguments = arguments;
    }

    @Override
    public void prepare(Crowd crowd) throws IOException, InterruptedException {
        PeerPlan plan = new PeerPlan(false, true, List.of(), 0, 0);
        publisher = crowd.join(new Seat(ROOM, PUBLISHER, plan, new ChannelMessage.Want(1, List.of())));
    }

    @Override
    public List<OutgoingStream> join(Crowd crowd) throws IOException, InterruptedException {
        ChannelMessage.Want camera = new ChannelMessage.Want(
                1,
                List.of(new ChannelMessage.WantedSlot(
                        0, Seat.participant(PUBLISHER), Source.CAMERA, 1280, 720, 0, true)));
        PeerPlan viewer = new PeerPlan(false, false, List.of(), 0, 1);
        crowd.joinAll(IntStream.rangeClosed(PUBLISHER + 1, PUBLISHER + arguments.receivers())
                .mapToObj(number -> new Seat(ROOM, number, viewer, camera))
                .toList());
        return List.of(new OutgoingStream(
                publisher.sending(),
                StreamShape.camera(arguments.packetsPerFrame()),
                arguments.gap().toNanos(),
                System.nanoTime()));
    }

    @Override
    public int joining() {
        return arguments.receivers();
    }

    @Override
    public long expected(long sent) {
        return sent * arguments.receivers();
    }

    @Override
    public double throughputTarget(String srtp) {
        if (!arguments.burst()) {
            return 300_000;
        }
        return srtp.contains("ipsec") ? 500_000 : 400_000;
    }
}
