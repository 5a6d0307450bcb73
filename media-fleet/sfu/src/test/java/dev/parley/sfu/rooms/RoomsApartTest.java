package dev.parley.sfu.rooms;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.RtpPacket;
import dev.parley.sfu.Source;
import dev.parley.sfu.VoiceReport;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Received;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.SlotWatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People go from room to room with their streams and slots: nobody ever gets a packet of a room they are not in, and every slot keeps its contract. */
class RoomsApartTest {
    private static final String[] ROOMS = {Scene.ROOM, "room/b1", "room/b2"};
    private static final int PEOPLE = 7;

    /** Where the tests take place. */
    Scene scene() {
        return new Scene();
    }

    private Scene withRooms() {
        Scene scene = scene();
        scene.openRoom(ROOMS[1]);
        scene.openRoom(ROOMS[2]);
        return scene;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void noPacketReachesAnotherRoomHoweverPeopleMove(long seed) {
        Random random = new Random(seed);
        Scene scene = withRooms();
        List<Guest> people = new ArrayList<>();
        for (int i = 1; i <= PEOPLE; i++) {
            people.add(person(scene, i, random));
        }
        for (int step = 0; step < 150; step++) {
            Guest guest = people.get(random.nextInt(PEOPLE));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> scene.move(guest, ROOMS[random.nextInt(ROOMS.length)]);
                case 3 -> {
                    // There and back before anything else happens.
                    scene.move(guest, ROOMS[random.nextInt(ROOMS.length)]);
                    scene.move(guest, ROOMS[random.nextInt(ROOMS.length)]);
                }
                case 4, 5 -> want(scene, people, guest, step, random);
                case 6 -> missAgain(guest, random);
                default -> scene.mute(guest, random.nextBoolean() ? Source.CAMERA : Source.MICROPHONE, false);
            }
            scene.run(1 + random.nextInt(120));
            assertThat(scene.strays).as("step %d", step).isEmpty();
        }
        int changes = 0;
        for (Guest guest : people) {
            changes += SlotWatch.check(guest);
        }
        assertThat(changes).as("the story had something to tell").isGreaterThan(20);
        settle(scene, people);
    }

    private static Guest person(Scene scene, int number, Random random) {
        Guest guest = scene.join(number, number % 2 == 0 ? Dialect.FIRST : Dialect.SECOND, 6, 3);
        Random losses = new Random(random.nextLong());
        double lossRate = random.nextInt(3) * 0.03;
        double endsLost = random.nextInt(2) * 0.3;
        guest.lost = bytes -> {
            // Some come late, and so after a move.
            guest.uplinkNanos = losses.nextInt(4) == 0 ? losses.nextInt(12) * 1_000_000L : 0;
            boolean endOfFrame = (bytes[1] & 0x80) != 0;
            return losses.nextDouble() < (endOfFrame ? lossRate + endsLost : lossRate);
        };
        return guest;
    }

    /** Asks for tiles of people wherever they are. */
    private static void want(Scene scene, List<Guest> people, Guest guest, int revision, Random random) {
        List<WantedSlot> wanted = new ArrayList<>();
        for (int slot = 0; slot < 6; slot++) {
            Guest other = people.get(random.nextInt(people.size()));
            wanted.add(tile(slot, other, random.nextBoolean() ? 180 : 360));
        }
        scene.want(guest, revision, wanted.toArray(new WantedSlot[0]));
    }

    /** Says that it missed the last packets that it was sent. */
    private static void missAgain(Guest guest, Random random) {
        int slot = random.nextInt(6);
        List<Received> sent = guest.of(guest.videoSsrc(slot));
        for (Received packet : sent.subList(Math.max(0, sent.size() - 12), sent.size())) {
            guest.sendRtcp(w -> w.nack(1, guest.videoSsrc(slot), packet.sequenceNumber()));
        }
    }

    /** Whoever is in a room now sees and hears everybody in it. */
    private void settle(Scene scene, List<Guest> people) {
        for (int i = 0; i < PEOPLE; i++) {
            people.get(i).lost = bytes -> false;
            people.get(i).uplinkNanos = 0;
            people.get(i).microphone.active = i < 3;
            scene.move(people.get(i), ROOMS[i % ROOMS.length]);
        }
        scene.run(1500);
        for (Guest guest : people) {
            List<Guest> others = roommates(people, guest);
            WantedSlot[] wanted = new WantedSlot[others.size()];
            for (int slot = 0; slot < wanted.length; slot++) {
                wanted[slot] = tile(slot, others.get(slot), 180);
            }
            scene.want(guest, 1_000, wanted);
        }
        scene.run(1500);
        long since = scene.nanos();
        scene.run(1000);
        for (Guest guest : people) {
            Set<Long> seen = publishers(guest, since, true);
            assertThat(seen).as("who is seen").isEqualTo(numbers(roommates(people, guest)));
            assertThat(publishers(guest, since, false))
                    .as("who is heard")
                    .isEqualTo(numbers(roommates(people, guest).stream()
                            .filter(other -> other.microphone.active)
                            .toList()));
        }
        assertThat(scene.strays).isEmpty();
    }

    private static List<Guest> roommates(List<Guest> people, Guest guest) {
        int room = people.indexOf(guest) % ROOMS.length;
        return people.stream()
                .filter(other -> other != guest && people.indexOf(other) % ROOMS.length == room)
                .toList();
    }

    private static Set<Long> numbers(List<Guest> guests) {
        return guests.stream().map(Guest::number).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Long> publishers(Guest guest, long since, boolean video) {
        return guest.received.stream()
                .filter(packet -> packet.nanos() > since && packet.imprint() != null)
                .filter(packet -> (packet.imprint().layer() < 100) == video)
                .map(packet -> packet.imprint().publisher())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theBeginningOfAFrameThatWaitsForItsRestStaysInItsRoom() {
        Scene scene = withRooms();
        Guest publisher = scene.join(2, Dialect.FIRST);
        publisher.microphone.active = false;
        List<Guest> viewers = new ArrayList<>();
        for (int i = 4; i <= 10; i += 2) {
            Guest viewer = scene.join(i, Dialect.SECOND, 1, 1);
            silence(viewer);
            scene.want(viewer, 1, tile(0, publisher, 180));
            viewers.add(viewer);
        }
        scene.run(500);
        publisher.lost = bytes -> (bytes[1] & 0x80) != 0;
        for (int i = 0; i < 40; i++) {
            String there = ROOMS[1 + i % 2];
            viewers.forEach(viewer -> scene.move(viewer, ROOMS[0]));
            scene.move(publisher, ROOMS[0]);
            scene.run(40);
            scene.move(publisher, there);
            viewers.subList(0, 3).forEach(viewer -> scene.move(viewer, there));
            scene.run(1 + i % 34);
            assertThat(scene.strays).isEmpty();
        }
    }

    @Test
    void whatWasMissedInOneRoomIsNotSentAgainInTheNext() {
        Scene scene = withRooms();
        Guest publisher = scene.join(2, Dialect.FIRST);
        Guest viewer = scene.join(4, Dialect.SECOND, 1, 1);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        List<Received> sent = viewer.of(viewer.videoSsrc(0));
        Received last = sent.getLast();
        viewer.sendRtcp(w -> w.nack(1, viewer.videoSsrc(0), last.sequenceNumber()));
        assertThat(viewer.of(viewer.rtxSsrc(0))).as("in the same room").hasSize(1);
        Received before = sent.get(sent.size() - 2);
        scene.move(viewer, ROOMS[1]);
        scene.run(1);
        viewer.sendRtcp(w -> w.nack(1, viewer.videoSsrc(0), before.sequenceNumber()));
        assertThat(viewer.of(viewer.rtxSsrc(0))).as("in another one").hasSize(1);
        assertThat(scene.strays).isEmpty();
    }

    @Test
    void aPacketThatComesLateStaysWhereItWasSent() {
        Scene scene = withRooms();
        Guest publisher = scene.join(2, Dialect.FIRST);
        Guest here = scene.join(4, Dialect.SECOND, 1, 1);
        Guest there = scene.join(6, Dialect.SECOND, 1, 1);
        silence(here);
        silence(there);
        scene.want(here, 1, tile(0, publisher, 180));
        scene.move(there, ROOMS[1]);
        scene.run(500);
        scene.want(there, 1, tile(0, publisher, 180));
        List<byte[]> late = new ArrayList<>();
        publisher.lost = bytes -> ssrc(bytes) == publisher.camera[0].ssrc && late.size() < 2 && late.add(bytes);
        scene.run(80);
        publisher.lost = bytes -> false;
        scene.move(publisher, ROOMS[1]);
        scene.run(400);
        int seenThere = there.of(there.videoSsrc(0)).size();
        assertThat(seenThere).as("the picture goes on there").isPositive();
        assertThat(here.of(here.videoSsrc(0)).getLast().nanos()).isLessThan(scene.nanos() - 300_000_000L);
        for (byte[] packet : late) {
            publisher.participant().onRtp(ByteBuffer.wrap(packet), 0, packet.length, scene.nanos());
        }
        scene.quiet(5);
        assertThat(there.of(there.videoSsrc(0))).hasSize(seenThere);
        SlotWatch.check(there);
    }

    private static long ssrc(byte[] packet) {
        return RtpPacket.ssrc(ByteBuffer.wrap(packet), 0);
    }

    @Test
    void voicesAndWishesAreThoseOfTheRoom() {
        Scene scene = withRooms();
        Guest ana = scene.join(2, Dialect.FIRST);
        Guest ben = scene.join(4, Dialect.FIRST);
        Guest cleo = scene.join(6, Dialect.FIRST);
        scene.want(ana, 1, tile(0, ben, 360), tile(1, cleo, 360));
        scene.run(1000);
        assertThat(scene.voices.get(2L)).extracting(VoiceReport::participant).containsExactlyInAnyOrder(4L, 6L);
        scene.move(cleo, ROOMS[1]);
        scene.run(1000);
        assertThat(scene.voices.get(2L)).extracting(VoiceReport::participant).containsExactly(4L);
        assertThat(scene.slot(ana, 1).participant()).isEqualTo(6L);
        assertThat(scene.slot(ana, 1).layer()).isEmpty();
        assertThat(scene.voices.get(6L)).isEmpty();
        scene.run(5_000);
        assertThat(scene.layersWanted.get("6 CAMERA")).as("alone in the room").isEmpty();
        scene.move(ana, ROOMS[1]);
        scene.run(1000);
        assertThat(scene.voices.get(2L)).extracting(VoiceReport::participant).containsExactly(6L);
        assertThat(scene.slot(ana, 1).layer()).as("the wish went along").isEqualTo("h");
        assertThat(scene.slot(ana, 0).layer()).isEmpty();
        assertThat(scene.strays).isEmpty();
    }

    @Test
    void whoIsMutedStaysMutedInTheNextRoom() {
        Scene scene = withRooms();
        Guest ana = scene.join(2, Dialect.FIRST);
        Guest ben = scene.join(4, Dialect.FIRST);
        scene.run(200);
        scene.mute(ana, Source.MICROPHONE, true);
        scene.move(ana, ROOMS[1]);
        scene.move(ben, ROOMS[1]);
        scene.run(200);
        long since = scene.nanos();
        scene.run(500);
        assertThat(publishers(ben, since, false)).isEmpty();
        assertThat(publishers(ana, since, false)).containsExactly(4L);
        scene.endRoom(ROOMS[1]);
        scene.run(200);
        since = scene.nanos();
        scene.run(200);
        assertThat(publishers(ana, since, false)).as("the room is over").isEmpty();
    }

    private static void silence(Guest guest) {
        guest.microphone.active = false;
        for (var layer : guest.camera) {
            layer.active = false;
        }
    }
}
