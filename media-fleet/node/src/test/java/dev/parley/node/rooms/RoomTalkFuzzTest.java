package dev.parley.node.rooms;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.node.negotiation.Agreement;
import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.rooms.SfuAgent;
import dev.parley.transport.MediaPort;
import dev.parley.transport.MediaPortSettings;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.NioUdpEngine;
import dev.parley.transport.udp.UdpSettings;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever somebody says on the data channel is carried out or counted. */
@Tag("fuzz")
class RoomTalkFuzzTest {
    private static final List<byte[]> MESSAGES = Stream.of(
                    "{\"t\":\"want\",\"rev\":3,\"slots\":[{\"slot\":0,\"participant\":\"p_2\",\"source\":\"camera\","
                            + "\"width\":640,\"height\":360,\"fps\":30,\"stage\":true}]}",
                    "{\"t\":\"mute\",\"source\":\"microphone\",\"muted\":true}",
                    "{\"t\":\"act\",\"act\":\"hand\"}",
                    "{\"t\":\"act\",\"act\":\"lower\",\"to\":[\"p_2\",\"p_2\"]}",
                    "{\"t\":\"act\",\"act\":\"reaction\",\"reaction\":\"\uD83D\uDC4D\",\"to\":[\"p_1\",null]}",
                    "{\"t\":\"act\",\"act\":\"app\",\"topic\":\"x\",\"data\":{\"a\":[1,2,{\"b\":1e9}]}}",
                    "{\"t\":\"quality\",\"up\":1,\"down\":2,\"loss\":0.5,\"rtt\":3,\"slots\":[{\"slot\":0,\"freezes\":2}]}",
                    "{\"t\":\"ping\",\"at\":1}",
                    "{\"t\":\"roster\",\"rev\":1,\"full\":true}",
                    "{\"t\":\"hologram\"}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
    private final MediaAgent agent = new MediaAgent(
            0,
            new MediaPort(
                    MediaPortSettings.defaults(),
                    NioUdpEngine.open(UdpSettings.of(new InetSocketAddress("127.0.0.1", 0))),
                    identity,
                    SrtpCrypto.best(),
                    random,
                    System::nanoTime),
            new SfuAgent(SfuSettings.defaults("node", 0), ByteBuffer.allocate(4096)));
    private final RoomCounters counters = new RoomCounters();
    private final People people = new People(counters, 0);
    private final RoomTalk talk = new RoomTalk(
            "room", people, counters, new RoomQuality("room", InstantSource.system(), QualityKeeper.UNHEARD));
    private final Room room = new Room(
            "room",
            new RoomPlan("node", "127.0.0.1", identity.fingerprint(), 10, 10, 64, 64, Duration.ZERO),
            MediaAgents.of(List.of(agent)),
            counters,
            Attendance.UNHEARD,
            new RoomQuality("room", InstantSource.system(), QualityKeeper.UNHEARD),
            () -> {});

    private Session arrive(int number, String role) {
        Agreement agreement = Agreement.of(
                Fuzz.text(RoomTalkFuzzTest.class, "/sdp/chromium-offer.sdp"),
                List.of(),
                EnumSet.allOf(Source.class),
                64,
                random);
        MediaClaims claims =
                new MediaClaims("p_" + number, "u_" + number, "A", role, number, 1, Optional.empty(), List.of());
        Session session = new Session("s_" + number, room, agent, claims, Rights.of(claims), agreement, counters);
        session.attach(agent.port().open(agreement.remote().request(), session));
        people.arrive(session);
        return session;
    }

    @Test
    void anyMessage() {
        Session host = arrive(1, "host");
        arrive(2, "guest");
        long[] nowNanos = new long[1];
        Fuzz.runJson("channel-messages", WireException.class, MESSAGES, input -> {
            ChannelMessage message = Wire.read(new String(input, StandardCharsets.UTF_8), ChannelMessage.class);
            talk.onMessage(host, message);
            agent.sfu().doWork(nowNanos[0] += 1_000_000);
        });
        agent.port().close();
    }
}
