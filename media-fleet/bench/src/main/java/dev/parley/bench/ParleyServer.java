package dev.parley.bench;

import dev.parley.bench.wire.LightTransport;
import dev.parley.bench.wire.RemoteSide;
import dev.parley.bench.wire.Wires;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.transport.dtls.DtlsRole;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A media node with the control plane's side of it: one exchange, one transport, a data channel. */
final class ParleyServer implements MediaServer {
    private static final int EXCHANGES_AT_ONCE = 8;

    private final MeasuredNode node;
    private final ControlPlane control;
    /** Exchanges at one time: each has a TLS connection, and more of them than can be worked on only cost handshakes. */
    private final Semaphore exchanges = new Semaphore(EXCHANGES_AT_ONCE);

    ParleyServer(MeasuredNode node, ControlPlane control) {
        this.node = node;
        this.control = control;
    }

    @Override
    public String name() {
        return "parley";
    }

    @Override
    public List<Long> pids() {
        return List.of(node.pid());
    }

    @Override
    public Participant join(Seat seat, Wires wires) throws IOException, InterruptedException {
        LightTransport transport = wires.open();
        try {
            String offer = seat.plan().offer(transport.credentials(), transport.fingerprint(), true);
            MediaAnswer answer = exchange(seat, offer);
            SessionDescription session = SessionDescription.parse(answer.sdp());
            RemoteSide remote = RemoteSide.read(
                    session, true, DtlsRole.CLIENT, slots(session, seat.plan()), PeerPlan.TRANSPORT_SEQUENCE_ID);
            return ParleyParticipant.begin(seat, transport, transport.connect(remote));
        } catch (IOException | InterruptedException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private MediaAnswer exchange(Seat seat, String offer) throws InterruptedException {
        exchanges.acquire();
        try {
            return control.open(node, seat, offer);
        } finally {
            exchanges.release();
        }
    }

    private static Set<Long> slots(SessionDescription session, PeerPlan plan) {
        Stream<String> mids = Stream.concat(
                IntStream.range(0, plan.audioSlots()).mapToObj(PeerPlan::audioSlotMid),
                IntStream.range(0, plan.videoSlots()).mapToObj(PeerPlan::videoSlotMid));
        return mids.flatMap(mid -> session.media(mid).stream())
                .map(RemoteSide::mediaSsrc)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<NodeNumbers> numbers() {
        return Optional.of(node.numbers());
    }

    @Override
    public Optional<NodeProbe> probe() throws IOException {
        return Optional.of(new NodeProbe(node.pid()));
    }

    @Override
    public String srtp() {
        return node.srtp();
    }

    @Override
    public void close() {
        node.close();
        control.close();
    }
}
