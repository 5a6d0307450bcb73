package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import java.util.ArrayList;
import java.util.List;

/** Microphones to many receivers with three slots each: the node passes the loudest on. */
final class Audio implements Profile {
    private static final int SLOTS = 3;
    private static final ChannelMessage.Want NOTHING = new ChannelMessage.Want(1, List.of());
    private static final PeerPlan SPEAKER = new PeerPlan(true, false, List.of(), 0, 0);
    private static final PeerPlan LISTENER = new PeerPlan(false, false, List.of(), SLOTS, 0);

    private final int speakers;
    private final int listeners;

    /** @param listeners of each room */
    Audio(int speakers, int listeners) {
        this.speakers = speakers;
        this.listeners = listeners;
    }

    @Override
    public List<Seat> seats(String room) {
        List<Seat> seats = new ArrayList<>();
        for (int i = 1; i <= speakers + listeners; i++) {
            seats.add(new Seat(room, i, i <= speakers ? SPEAKER : LISTENER, NOTHING));
        }
        return seats;
    }

    @Override
    public List<OutgoingStream> streams(List<Participant> people) {
        List<OutgoingStream> streams = new ArrayList<>();
        for (Participant speaker : people.subList(0, speakers)) {
            StreamShape voice = StreamShape.microphone(Math.min(120, 20 + 5 * streams.size()));
            streams.add(new OutgoingStream(speaker.sending(), voice, 0));
        }
        return streams;
    }

    @Override
    public long receiversOfEach() {
        return -1;
    }

    @Override
    public double throughputTarget(String srtp) {
        return Double.NaN;
    }

    @Override
    public double ratioTarget() {
        return Double.NaN;
    }
}
