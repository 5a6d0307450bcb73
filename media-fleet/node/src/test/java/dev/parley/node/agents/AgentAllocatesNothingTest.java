package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.transport.PortCounters;
import dev.parley.transport.srtp.SrtpChoice;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpProvider;
import dev.parley.transport.udp.UdpEngineChoice;
import dev.parley.transport.udp.UdpEngines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A million packets through a whole agent over real sockets - media, retransmissions both ways, checks, reports, feedback, key-frame requests - leave no
 * garbage on its thread.
 */
@Tag("component")
@Timeout(300)
@ExtendWith(NothingBlocksAgents.class)
class AgentAllocatesNothingTest {
    private static final int PUBLISHERS = 2;
    private static final int RECEIVERS = 12;
    private static final int PICTURE_PACKETS = 3;
    private static final long PACKETS = 1_000_000;
    private static final int ROUNDS_UNDER_WAY = 4;
    private static final long LOST_NANOS = 200_000_000L;

    /** A {@link dev.parley.sfu.ConnectionQuality} on the heap. */
    private static final long QUALITY_BYTES = 64;

    /**
     * What a million packets may leave in all: one of 1024 polls that find the socket empty asks the kernel why, for some
     * 150 bytes, and now and then the virtual machine makes an object on a thread of ours to link a call.
     */
    private static final long STRAY_BYTES = 64 << 10;

    /** What two calls of javax.crypto leave for a packet that comes in or goes out. */
    private static final long JCE_BYTES = 2000;

    private final List<WirePeer> publishers = new ArrayList<>();
    private final List<WirePeer> receivers = new ArrayList<>();
    private int round;
    private long expected;

    /**
     * What happened while it was measured.
     *
     * @param bytes allocated by the agent's thread
     * @param packets datagrams in and out
     * @param qualities reports of {@link dev.parley.sfu.RoomEvents#quality}, a record each
     */
    private record Figures(long bytes, long packets, long qualities) {
        long bytesOfPackets() {
            return bytes - qualities * QUALITY_BYTES;
        }

        String text(SrtpCrypto crypto, UdpEngineChoice engine) {
            return "%s, %s: %d B of %d packets, %.4f a packet, and %d quality reports of %d B"
                    .formatted(
                            crypto.name(),
                            engine,
                            bytesOfPackets(),
                            packets,
                            (double) bytesOfPackets() / packets,
                            qualities,
                            QUALITY_BYTES);
        }
    }

    @Test
    void nothingPerPacketWithTheBestOfThisMachine() throws Exception {
        SrtpCrypto crypto = SrtpChoice.best().crypto();
        assumeTrue(
                SrtpProvider.IPSEC_MB.probe().crypto().isPresent(),
                () -> "the Java platform's ciphers allocate themselves; ipsec-mb is not here: "
                        + SrtpProvider.IPSEC_MB.probe().reason());
        assumeTrue(UdpEngines.refusal().isEmpty(), () -> "no batched engine: " + UdpEngines.refusal());

        Figures figures = run(UdpEngineChoice.BATCHED, crypto, PACKETS, PACKETS / 4);

        assertThat(figures.bytesOfPackets())
                .as(figures.text(crypto, UdpEngineChoice.BATCHED))
                .isLessThan(STRAY_BYTES);
    }

    /** There it is the ciphers that allocate: more than theirs would be ours. */
    @Test
    void theJavaPlatformsCiphersAllocateAndNothingElseDoes() throws Exception {
        SrtpCrypto crypto = SrtpProvider.JCE.probe().crypto().orElseThrow();

        Figures figures = run(UdpEngineChoice.NIO, crypto, PACKETS / 10, PACKETS / 50);

        assertThat(figures.bytesOfPackets() / figures.packets())
                .as(figures.text(crypto, UdpEngineChoice.NIO))
                .isLessThan(JCE_BYTES);
    }

    private Figures run(UdpEngineChoice engine, SrtpCrypto crypto, long least, long warmUp) throws Exception {
        try (AgentUnderTest agent = new AgentUnderTest(engine, crypto, PUBLISHERS)) {
            for (int number = 1; number <= PUBLISHERS + RECEIVERS; number++) {
                WirePeer peer = new WirePeer(agent, number);
                (number <= PUBLISHERS ? publishers : receivers).add(peer);
                peer.connect(AgentUnderTest.IDENTITY, crypto);
            }
            flow(agent, warmUp);
            long checksBefore = agent.agent().port().counters().stunValid();
            long resentBefore = agent.agent().sfu().counters().get(Counter.RESENT);
            // A table that doubles for the last time does so once; what a packet leaves, it leaves both times.
            Figures first = measure(agent, least);
            Figures second = measure(agent, least);
            Figures figures = first.bytesOfPackets() < second.bytesOfPackets() ? first : second;
            System.out.println(figures.text(crypto, engine));

            assertThat(agent.agent().port().counters().stunValid() - checksBefore)
                    .as("checks with integrity among %d packets", first.packets() + second.packets())
                    .isGreaterThan(2 * least / 1000);
            assertThat(agent.agent().sfu().counters().get(Counter.RESENT) - resentBefore)
                    .as("packets sent again")
                    .isGreaterThan(2 * least / 100);
            assertThat(agent.agent().failures()).isZero();
            for (WirePeer publisher : publishers) {
                assertThat(publisher.nacked)
                        .as("packets the agent asked for again")
                        .isPositive();
                assertThat(publisher.feedbacks).as("transport-wide feedback").isPositive();
                assertThat(publisher.keyFramesAsked).isPositive();
            }
            for (WirePeer receiver : receivers) {
                assertThat(receiver.repairs).isPositive();
                assertThat(receiver.senderReports).isPositive();
                assertThat(receiver.checksAnswered).isGreaterThan(1);
            }
            return figures;
        } finally {
            for (WirePeer peer : publishers) {
                peer.close();
            }
            for (WirePeer peer : receivers) {
                peer.close();
            }
        }
    }

    private Figures measure(AgentUnderTest agent, long least) throws IOException {
        long before = agent.allocatedBytes();
        long qualities = agent.news.qualities;
        long packets = flow(agent, least);
        return new Figures(agent.allocatedBytes() - before, packets, agent.news.qualities - qualities);
    }

    /** Lets rounds pass until the agent has sent so many packets; answers how many it took in and sent. */
    private long flow(AgentUnderTest agent, long packets) throws IOException {
        PortCounters from = agent.agent().port().counters();
        PortCounters to = from;
        while (to.udp().datagramsOut() - from.udp().datagramsOut() < packets) {
            for (int i = 0; i < 100; i++) {
                round();
            }
            to = agent.agent().port().counters();
        }
        return to.udp().datagramsOut()
                + to.udp().datagramsIn()
                - from.udp().datagramsOut()
                - from.udp().datagramsIn();
    }

    private void round() throws IOException {
        round++;
        for (WirePeer publisher : publishers) {
            publisher.frame(round, PICTURE_PACKETS, round % 97 == 0 ? 1 : -1);
            publisher.voice(round);
            if (round % 100 == 0) {
                publisher.check();
                publisher.senderReport(round);
            }
            publisher.drain();
        }
        for (int i = 0; i < receivers.size(); i++) {
            receive(receivers.get(i), round + i);
        }
        expected += (long) receivers.size() * (PICTURE_PACKETS + PUBLISHERS);
        keepUp();
    }

    private void receive(WirePeer receiver, int turn) throws IOException {
        receiver.drain();
        if (turn % 10 == 0) {
            receiver.missLast();
        }
        if (turn % 25 == 0) {
            receiver.sendFeedback();
        }
        if (turn % 50 == 0) {
            receiver.receiverReport();
        }
        if (turn % 100 == 0) {
            receiver.check();
        }
        if (turn % 300 == 0) {
            receiver.askForKeyFrame();
        }
    }

    /** Waits for what was sent some rounds ago: a burst that the socket's buffer does not hold would be lost. */
    private void keepUp() throws IOException {
        long underWay = (long) ROUNDS_UNDER_WAY * receivers.size() * (PICTURE_PACKETS + PUBLISHERS);
        long progressNanos = System.nanoTime();
        long arrived = arrived();
        while (expected - arrived > underWay) {
            for (WirePeer receiver : receivers) {
                receiver.drain();
            }
            long now = arrived();
            if (now > arrived) {
                progressNanos = System.nanoTime();
            } else if (System.nanoTime() - progressNanos > LOST_NANOS) {
                expected = now;
            } else {
                Thread.onSpinWait();
            }
            arrived = now;
        }
    }

    private long arrived() {
        long media = 0;
        for (WirePeer receiver : receivers) {
            media += receiver.media;
        }
        return media;
    }
}
