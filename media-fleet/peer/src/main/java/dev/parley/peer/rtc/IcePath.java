package dev.parley.peer.rtc;

import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.IceCredentials;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * One ICE component of a full, controlling agent (ice4j): gathers host candidates on given addresses, loopback included,
 * checks the remote ones, and then carries datagrams both ways.
 */
final class IcePath implements AutoCloseable {
    static {
        // Read by ice4j when it is first used: no probing of a cloud's metadata address.
        System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
    }

    private static final Logger LOG = new LoggerImpl("dev.parley.peer.ice", java.util.logging.Level.SEVERE);

    private final Agent agent;
    private final IceMediaStream stream;
    private final Component component;

    IcePath(List<InetAddress> addresses) throws IOException {
        agent = new Agent(LOG);
        agent.setControlling(true);
        agent.setUseDynamicPorts(false);
        agent.setPerformConsentFreshness(true);
        agent.addCandidateHarvester(new OnAddresses(addresses));
        stream = agent.createMediaStream("media");
        component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, true);
        if (component.getLocalCandidateCount() == 0) {
            agent.free();
            throw new IOException("no socket could be bound on " + addresses);
        }
    }

    IceCredentials local() {
        return new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
    }

    List<IceCandidate> candidates() {
        List<IceCandidate> candidates = new ArrayList<>();
        for (LocalCandidate candidate : component.getLocalCandidates()) {
            TransportAddress at = candidate.getTransportAddress();
            candidates.add(new IceCandidate(
                    candidate.getFoundation(),
                    1,
                    "udp",
                    candidate.getPriority(),
                    at.getHostAddress(),
                    at.getPort(),
                    "host",
                    ""));
        }
        return candidates;
    }

    /**
     * Checks the remote candidates until a pair works.
     *
     * @throws IOException when none does in time
     */
    void connect(IceCredentials remote, List<IceCandidate> candidates, Duration timeout)
            throws IOException, InterruptedException {
        stream.setRemoteUfrag(remote.fragment());
        stream.setRemotePassword(remote.password());
        for (IceCandidate candidate : candidates) {
            if (candidate.transport().equals("udp")) {
                component.addRemoteCandidate(new RemoteCandidate(
                        new TransportAddress(candidate.address(), candidate.port(), Transport.UDP),
                        component,
                        CandidateType.HOST_CANDIDATE,
                        candidate.foundation(),
                        candidate.priority(),
                        null));
            }
        }
        CountDownLatch over = new CountDownLatch(1);
        agent.addStateChangeListener(event -> {
            if (event.getNewValue() instanceof IceProcessingState state && (state.isEstablished() || state.isOver())) {
                over.countDown();
            }
        });
        agent.startConnectivityEstablishment();
        boolean done = over.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (!done || !agent.getState().isEstablished()) {
            throw new IOException(
                    "no ICE pair of " + candidates() + " and " + candidates + " works: " + agent.getState());
        }
    }

    void send(byte[] bytes, int offset, int length) throws IOException {
        component.send(bytes, offset, length);
    }

    /**
     * Waits for the next datagram that is not STUN; its length.
     *
     * @throws java.net.SocketTimeoutException when none came within {@code patience}
     */
    int receive(byte[] into, Duration patience) throws IOException {
        DatagramPacket packet = new DatagramPacket(into, into.length);
        component.getSocket().setSoTimeout((int) patience.toMillis());
        component.getSocket().receive(packet);
        return packet.getLength();
    }

    @Override
    public void close() {
        agent.free();
    }

    /** ice4j's own host harvester leaves loopback out, which is where a local installation lives. */
    private static final class OnAddresses extends AbstractCandidateHarvester {
        private final List<InetAddress> addresses;

        OnAddresses(List<InetAddress> addresses) {
            this.addresses = List.copyOf(addresses);
        }

        @Override
        public boolean isHostHarvester() {
            return true;
        }

        @Override
        public Collection<LocalCandidate> harvest(Component component) {
            List<LocalCandidate> candidates = new ArrayList<>();
            for (InetAddress address : addresses) {
                try {
                    IceUdpSocketWrapper socket = new IceUdpSocketWrapper(new MultiplexingDatagramSocket(0, address));
                    HostCandidate candidate = new HostCandidate(socket, component);
                    if (component.addLocalCandidate(candidate)) {
                        candidate.getStunStack().addSocket(candidate.getStunSocket(null));
                        component.getComponentSocket().add(socket);
                        candidates.add(candidate);
                    } else {
                        socket.close();
                    }
                } catch (IOException e) {
                    LOG.warn("cannot bind " + address, e);
                }
            }
            return candidates;
        }
    }
}
