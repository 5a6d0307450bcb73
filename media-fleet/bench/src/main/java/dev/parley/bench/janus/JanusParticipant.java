package dev.parley.bench.janus;

import dev.parley.bench.Participant;
import dev.parley.bench.PeerPlan;
import dev.parley.bench.Seat;
import dev.parley.bench.wire.LightTransport;
import dev.parley.bench.wire.Wires;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.rtp.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Someone in a room of Janus: one connection to send, one to receive. A virtual thread asks Janus for what is wanted, one thing after the other. */
final class JanusParticipant implements Participant {
    private final Seat seat;
    private final JanusSession session;
    private final JanusRoom room;
    private final Wires wires;
    private final InetAddress address;
    private final BlockingQueue<ChannelMessage.Want> wants = new LinkedBlockingQueue<>();
    private volatile JanusConnection sending;
    private volatile JanusSubscription receiving;
    private volatile Thread asking;
    private volatile boolean closed;

    JanusParticipant(Seat seat, JanusSession session, JanusRoom room, Wires wires, InetAddress address) {
        this.seat = seat;
        this.session = session;
        this.room = room;
        this.wires = wires;
        this.address = address;
    }

    /** Publishes what the seat sends and subscribes to what it wants from the start. */
    void enter() throws IOException, InterruptedException {
        PeerPlan plan = seat.plan();
        if (plan.microphone() || plan.camera()) {
            publish(plan);
        }
        boolean onlyHears = plan.videoSlots() == 0 && plan.audioSlots() > 0;
        if (onlyHears || !seat.want().slots().isEmpty()) {
            apply(seat.want());
        }
        asking = Thread.ofVirtual().start(this::ask);
    }

    private void publish(PeerPlan plan) throws IOException, InterruptedException {
        JanusConnection connection = connection();
        sending = connection;
        LightTransport transport = connection.transport();
        String offer = new PeerPlan(plan.microphone(), plan.camera(), plan.rids(), 0, 0)
                .offer(transport.credentials(), transport.fingerprint(), false);
        String answer =
                connection.handle().publish(room.id(), seat.number(), JanusSdp.reachable(offer, transport.address()));
        connection.connect(SessionDescription.parse(answer), Set.of());
        room.add(seat.number(), plan);
    }

    private JanusConnection connection() throws IOException, InterruptedException {
        return new JanusConnection(session.attach(), wires.openAt(address));
    }

    private void apply(ChannelMessage.Want want) throws IOException, InterruptedException {
        if (!want.slots().stream().allMatch(slot -> room.sends(slot.participant()))) {
            return; // Janus refuses a subscription to someone who is not there; the next want comes when somebody is.
        }
        if (receiving == null) {
            receiving = JanusSubscription.open(connection(), room, seat, want);
        } else {
            receiving.change(want);
        }
    }

    private void ask() {
        try {
            while (!closed) {
                ChannelMessage.Want want = wants.take();
                for (ChannelMessage.Want newer = wants.poll(); newer != null; newer = wants.poll()) {
                    want = newer;
                }
                apply(want);
            }
        } catch (IOException e) {
            if (!closed) {
                System.err.println("Janus did not do what a participant wanted: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Seat seat() {
        return seat;
    }

    @Override
    public LightTransport sending() {
        return sending == null ? receiving() : sending.transport();
    }

    @Override
    public LightTransport receiving() {
        return receiving == null ? null : receiving.transport();
    }

    @Override
    public void want(ChannelMessage.Want want) {
        wants.add(want);
    }

    @Override
    public void close() {
        closed = true;
        if (asking != null) {
            asking.interrupt();
        }
        room.remove(seat.number());
        if (receiving != null) {
            receiving.close();
        }
        if (sending != null) {
            sending.close();
        }
    }
}
