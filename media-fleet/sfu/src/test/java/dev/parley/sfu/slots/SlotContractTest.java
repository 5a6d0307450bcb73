package dev.parley.sfu.slots;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.RtpPacket;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Received;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.Sender;
import dev.parley.sfu.scene.SlotWatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slot contract under arbitrary interleavings of switches, losses, reorderings, mutes, joins and leaves; each seed is one story. */
class SlotContractTest {
    private static final int[] HEIGHTS = {0, 90, 180, 360, 720, 1080};

    /** Where the tests take place. */
    Scene scene() {
        return new Scene();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void everySlotKeepsItsContractWhateverHappens(long seed) {
        Random random = new Random(seed);
        Scene scene = scene();
        List<Guest> everyone = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            everyone.add(join(scene, i, random));
        }
        int next = 4;
        for (int step = 0; step < 80; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> want(scene, random, step);
                case 3 -> mute(scene, random);
                case 4 -> {
                    if (scene.guests().size() < 6) {
                        everyone.add(join(scene, next++, random));
                    }
                }
                case 5 -> {
                    if (scene.guests().size() > 3) {
                        scene.leave(
                                scene.guests().get(random.nextInt(scene.guests().size())));
                    }
                }
                case 6 -> toggleLayer(scene, random);
                default -> toggleScreen(scene, random);
            }
            scene.run(20 + random.nextInt(400));
        }
        int changes = 0;
        for (Guest guest : everyone) {
            changes += SlotWatch.check(guest);
        }
        assertThat(changes).as("the story had something to tell").isGreaterThan(10);
    }

    private static Guest join(Scene scene, int number, Random random) {
        Dialect[] dialects = {Dialect.FIRST, Dialect.SECOND, Dialect.TWO_BYTE_IDS};
        Guest guest = scene.join(number, dialects[random.nextInt(dialects.length)], 3, 2);
        Random losses = new Random(random.nextLong());
        double lossRate = random.nextInt(3) * 0.03;
        guest.lost = bytes -> losses.nextDouble() < lossRate;
        guest.microphone.packetBytes = 80;
        return guest;
    }

    private static void want(Scene scene, Random random, int revision) {
        Guest receiver = any(scene, random);
        List<WantedSlot> wanted = new ArrayList<>();
        for (int slot = 0; slot < 3; slot++) {
            Guest other = any(scene, random);
            Source source = random.nextInt(4) == 0 ? Source.SCREEN : Source.CAMERA;
            int height = HEIGHTS[random.nextInt(HEIGHTS.length)];
            if (random.nextInt(5) > 0) {
                wanted.add(new WantedSlot(
                        slot, other.number(), source, height * 16 / 9, height, 0, random.nextInt(4) == 0));
            }
        }
        scene.want(receiver, revision, wanted.toArray(new WantedSlot[0]));
    }

    private static void mute(Scene scene, Random random) {
        Source[] sources = {Source.CAMERA, Source.MICROPHONE, Source.SCREEN};
        scene.mute(any(scene, random), sources[random.nextInt(3)], random.nextBoolean());
    }

    private static void toggleLayer(Scene scene, Random random) {
        Guest guest = any(scene, random);
        int layer = random.nextInt(3);
        guest.camera[layer].active ^= true;
        guest.camera[layer].keyFrameAsked = true;
    }

    private static void toggleScreen(Scene scene, Random random) {
        Guest guest = any(scene, random);
        guest.screen.active ^= true;
        guest.screen.keyFrameAsked = true;
    }

    private static Guest any(Scene scene, Random random) {
        return scene.guests().get(random.nextInt(scene.guests().size()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void packetsThatOvertakeEachOtherKeepTheContract(long seed) {
        Random random = new Random(seed);
        Scene scene = scene();
        Guest viewer = scene.join(1, Dialect.SECOND, 1, 1);
        Guest first = scene.join(2, Dialect.FIRST);
        Guest second = scene.join(3, Dialect.FIRST);
        for (Guest publisher : List.of(first, second)) {
            publisher.lost = bytes -> {
                publisher.uplinkNanos = random.nextInt(4) == 0 ? random.nextInt(8) * 1_000_000L : 0;
                return false;
            };
        }
        scene.run(200);
        for (int i = 0; i < 30; i++) {
            scene.want(viewer, i, tile(0, random.nextBoolean() ? first : second, random.nextBoolean() ? 180 : 720));
            scene.run(100 + random.nextInt(300));
        }
        scene.run(200);
        SlotWatch.check(viewer);
        List<Integer> missing = missing(viewer);
        assertThat(missing).as("only what a change overtook").hasSizeLessThan(15);
    }

    /** Numbers, unwrapped, that lie between those the viewer got. */
    private static List<Integer> missing(Guest viewer) {
        List<Integer> numbers = viewer.of(viewer.videoSsrc(0)).stream()
                .map(Received::sequenceNumber)
                .sorted()
                .toList();
        List<Integer> missing = new ArrayList<>();
        for (int number = numbers.getFirst(); number < numbers.getLast(); number++) {
            if (!numbers.contains(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    @Test
    void whatAChangeOvertookIsStillAnsweredWhenItIsMissed() {
        Scene scene = scene();
        Guest viewer = scene.join(1, Dialect.SECOND, 1, 1);
        Guest publisher = scene.join(2, Dialect.FIRST);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(300);
        List<byte[]> late = new ArrayList<>();
        Sender q = publisher.camera[0];
        publisher.lost = bytes -> ssrc(bytes) == q.ssrc && late.size() < 1 && late.add(bytes);
        scene.run(40);
        scene.want(viewer, 2, tile(0, publisher, 720));
        scene.run(30);
        publisher.lost = bytes -> false;
        scene.run(100);
        assertThat(scene.slot(viewer, 0).layer()).isEqualTo("f");
        for (int number : missing(viewer)) {
            viewer.sendRtcp(w -> w.nack(1, viewer.videoSsrc(0), number & 0xFFFF));
        }
        assertThat(viewer.of(viewer.rtxSsrc(0))).hasSameSizeAs(missing(viewer));
        SlotWatch.check(viewer);
    }

    private static long ssrc(byte[] packet) {
        return RtpPacket.ssrc(ByteBuffer.wrap(packet), 0);
    }
}
