package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ten microphones to many receivers with three slots each: the node passes the loudest on. */
final class Audio implements Profile {
    private static final String ROOM = "bench";
    private static final int SPEAKERS = 10;
    private static final int SLOTS = 3;
    private static final ChannelMessage.Want NOTHING = new ChannelMessage.Want(1, List.of());

    private final BenchArguments arguments;
    private final List<Participant> speakers = new ArrayList<>();

    Audio(BenchArguments arguments) {
        this.arguments = arguments;
    }

    @Override
    public void prepare(Crowd crowd) throws IOException, InterruptedException {
        for (int i = 1; i <= SPEAKERS; i++) {
            speakers.add(crowd.join(new Seat(ROOM, i, new PeerPlan(true, false, List.of(), 0, 0), NOTHING)));
        }
    }

    @Override
    public List<OutgoingStream> join(Crowd crowd) throws IOException, InterruptedException {
        PeerPlan listener = new PeerPlan(false, false, List.of(), SLOTS, 0);
        crowd.joinAll(IntStream.rangeClosed(SPEAKERS + 1, SPEAKERS + arguments.receivers())
                .mapToObj(number -> new Seat(ROOM, number, listener, NOTHING))
                .toList());
        List<OutgoingStream> streams = new ArrayList<>();
        for (Participant speaker : speakers) {
            StreamShape voice = StreamShape.microphone(20 + 5 * streams.size());
            streams.add(new OutgoingStream(
                    speaker.sending(), voice, 0, System.nanoTime() + streams.size() * voice.frameNanos() / SPEAKERS));
        }
        return streams;
    }

    @Override
    public int joining() {
        return arguments.receivers();
    }

    @Override
    public long expected(long sent) {
        return -1;
    }

    @Override
    public double throughputTarget(String srtp) {
        return Double.NaN;
    }
}
