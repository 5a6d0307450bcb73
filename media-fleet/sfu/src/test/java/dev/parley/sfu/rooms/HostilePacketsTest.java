package dev.parley.sfu.rooms;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.SlotWatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a participant sends after its handshake, nothing is thrown and nobody else is disturbed. */
class HostilePacketsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void garbageDisturbsNobody(long seed) {
        Random random = new Random(seed);
        Scene scene = new Scene();
        Guest viewer = scene.join(1, Dialect.SECOND);
        Guest honest = scene.join(2, Dialect.FIRST);
        Guest hostile = scene.join(3, Dialect.FIRST);
        scene.want(viewer, 1, tile(0, honest, 180), tile(1, hostile, 180));
        List<byte[]> seen = new ArrayList<>();
        hostile.lost = bytes -> {
            seen.add(bytes);
            return false;
        };
        scene.run(500);
        for (int i = 0; i < 4000; i++) {
            byte[] packet = mutate(seen, random);
            hostile.participant().onRtp(ByteBuffer.wrap(packet), 0, packet.length, scene.nanos());
            byte[] feedback = mutate(hostile.feedback, random);
            hostile.participant().onRtcp(ByteBuffer.wrap(feedback), 0, feedback.length, scene.nanos());
            if (i % 40 == 0) {
                scene.run(5);
                seen.subList(0, Math.max(0, seen.size() - 50)).clear();
            }
        }
        scene.run(1500);
        assertThat(scene.agent().counters().get(Counter.MALFORMED)).isPositive();
        assertThat(scene.agent().counters().get(Counter.UNKNOWN)).isPositive();
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        assertThat(viewer.of(viewer.videoSsrc(0))).hasSizeGreaterThan(100);
        assertThat(SlotWatch.checkVideo(viewer, 0)).isEqualTo(1);
    }

    private static byte[] mutate(List<byte[]> from, Random random) {
        if (from.isEmpty() || random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 0) {
                noise[0] = (byte) (0x80 | noise[0] & 0x3F);
            }
            return noise;
        }
        byte[] packet = from.get(random.nextInt(from.size())).clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(packet, random.nextInt(packet.length + 1)) : packet;
    }
}
