package dev.parley.sfu.relay;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.rtcp.NtpTime;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Received;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.SlotWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room with parts on several agents is one room, and what nobody needs elsewhere stays where it is. */
class RoomOverAgentsTest {
    private static final int HERE = 0;
    private static final int THERE = 1;

    private final Scene scene = Scene.spreadOver(2);

    private Guest publisher() {
        Guest publisher = scene.joinPart(HERE, 1, Dialect.FIRST);
        publisher.microphone.active = false;
        return publisher;
    }

    private Guest viewer(long number) {
        Guest viewer = scene.joinPart(THERE, number, Dialect.SECOND);
        silence(viewer);
        return viewer;
    }

    private static void silence(Guest guest) {
        guest.microphone.active = false;
        for (var layer : guest.camera) {
            layer.active = false;
        }
    }

    private long relayedIn(long millis) {
        long before = scene.count(Counter.RELAYED_OUT);
        scene.run(millis);
        return scene.count(Counter.RELAYED_OUT) - before;
    }

    @Test
    void aLayerComesOverOnlyWhileSomebodyThereWatchesItAndOnceForAllOfThem() {
        Guest publisher = publisher();
        Guest first = viewer(2);
        Guest second = viewer(3);
        scene.run(500);
        assertThat(relayedIn(1000)).as("nobody watches").isZero();
        scene.want(first, 1, tile(0, publisher, 180));
        scene.run(200);
        assertThat(relayedIn(1000)).as("thirty frames of three packets").isBetween(87L, 94L);
        scene.want(second, 1, tile(0, publisher, 180));
        scene.run(200);
        assertThat(relayedIn(1000)).as("once for both").isBetween(87L, 94L);
        scene.want(second, 2, tile(0, publisher, 720));
        scene.run(300);
        assertThat(relayedIn(1000)).as("two layers").isBetween(174L, 188L);
        scene.want(first, 2);
        scene.want(second, 3);
        scene.run(200);
        assertThat(relayedIn(1000)).as("nobody watches any more").isZero();
        SlotWatch.check(first);
        SlotWatch.check(second);
    }

    @Test
    void aVoiceComesOverOnlyWhileItHasASlotThere() {
        List<Guest> voices = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            Guest guest = scene.joinPart(HERE, i, Dialect.FIRST, 0, 0);
            silence(guest);
            guest.microphone.active = true;
            guest.microphone.audioLevel = 80;
            voices.add(guest);
        }
        Guest one = scene.joinPart(THERE, 7, Dialect.SECOND, 0, 1);
        Guest two = scene.joinPart(THERE, 8, Dialect.SECOND, 0, 1);
        silence(one);
        silence(two);
        scene.run(1000);
        voices.get(3).microphone.audioLevel = 20;
        scene.run(1000);
        assertThat(relayedIn(1000)).as("one voice, once").isBetween(49L, 51L);
        assertThat(one.received.getLast().csrc()).isEqualTo(4);
        assertThat(two.received.getLast().csrc()).isEqualTo(4);
        scene.leave(one);
        scene.leave(two);
        scene.run(100);
        assertThat(relayedIn(1000)).as("nobody listens").isZero();
    }

    @Test
    void thePublisherIsToldOnceWhatAllPartsWish() {
        Guest publisher = publisher();
        Guest near = scene.joinPart(HERE, 4, Dialect.FIRST);
        silence(near);
        Guest far = viewer(2);
        scene.want(near, 1, tile(0, publisher, 360));
        scene.run(500);
        assertThat(scene.layersWanted).containsEntry("1 CAMERA", List.of("q", "h"));
        scene.log.clear();
        scene.want(far, 1, tile(0, publisher, 720));
        scene.run(500);
        assertThat(scene.log)
                .filteredOn(line -> line.startsWith("layers 1 CAMERA"))
                .containsExactly("layers 1 CAMERA [q, h, f]");
        scene.want(far, 2);
        scene.run(2500);
        assertThat(scene.layersWanted).as("held for a while").containsEntry("1 CAMERA", List.of("q", "h", "f"));
        scene.run(1500);
        assertThat(scene.layersWanted).containsEntry("1 CAMERA", List.of("q", "h"));
    }

    @Test
    void whoIsAloneInEachPartIsNotAlone() {
        publisher();
        scene.run(200);
        assertThat(scene.layersWanted).containsEntry("1 CAMERA", List.of());
        Guest far = viewer(2);
        scene.run(200);
        assertThat(scene.layersWanted)
                .as("whoever looks next sees something at once")
                .containsEntry("1 CAMERA", List.of("q"));
        scene.leave(far);
        scene.run(4000);
        assertThat(scene.layersWanted).containsEntry("1 CAMERA", List.of());
    }

    @Test
    void thatATrackFlowsIsToldOnce() {
        publisher();
        viewer(2);
        scene.run(1500);
        assertThat(scene.log).filteredOn("flows 1 CAMERA true"::equals).hasSize(1);
        assertThat(scene.log).filteredOn(line -> line.startsWith("flows 2")).isEmpty();
    }

    @Test
    void keyFrameRequestsOfAllPartsBecomeOne() {
        Guest publisher = publisher();
        List<Guest> viewers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Guest viewer = scene.joinPart(i % 2, 10 + i, Dialect.SECOND);
            silence(viewer);
            viewers.add(viewer);
        }
        scene.run(1000);
        int before = publisher.camera[0].keyFrameRequests;
        publisher.uplinkNanos = 30_000_000;
        viewers.forEach(viewer -> scene.want(viewer, 1, tile(0, publisher, 180)));
        scene.run(300);
        assertThat(publisher.camera[0].keyFrameRequests - before).isEqualTo(1);
        viewers.forEach(viewer -> assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE));
    }

    @Test
    void aReceiversLossIsAnsweredByItsOwnAgent() {
        Guest publisher = publisher();
        Guest viewer = viewer(2);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        long relayed = scene.count(Counter.RELAYED_OUT);
        List<Received> sent = viewer.of(viewer.videoSsrc(0));
        for (Received packet : sent.subList(sent.size() - 5, sent.size())) {
            viewer.sendRtcp(w -> w.nack(1, packet.ssrc(), packet.sequenceNumber()));
        }
        assertThat(viewer.of(viewer.rtxSsrc(0))).hasSize(5);
        assertThat(scene.agent(THERE).counters().get(Counter.RESENT)).isEqualTo(5);
        assertThat(scene.count(Counter.RELAYED_OUT)).isEqualTo(relayed);
    }

    @Test
    void whatAPublisherRepairedComesOverToo() {
        Guest publisher = publisher();
        Random random = new Random(4);
        publisher.uplinkNanos = 10_000_000;
        publisher.lost = bytes -> (bytes[1] & 0x7F) == 96 && random.nextInt(10) == 0;
        Guest viewer = viewer(2);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(3000);
        publisher.lost = bytes -> false;
        scene.run(500);
        assertWhole(viewer);
        assertThat(scene.count(Counter.MISSED)).isPositive();
    }

    @Test
    void whatAFullRingDroppedIsAskedForFromTheOtherPart() {
        Scene narrow = Scene.spreadOver(2, 16);
        Guest publisher = narrow.joinPart(HERE, 1, Dialect.FIRST);
        publisher.microphone.active = false;
        Guest viewer = narrow.joinPart(THERE, 2, Dialect.SECOND);
        silence(viewer);
        narrow.want(viewer, 1, tile(0, publisher, 180));
        narrow.run(500);
        assertThat(narrow.count(Counter.RELAY_DROPPED)).isZero();
        publisher.camera[0].packetsPerFrame = 24;
        narrow.run(60);
        publisher.camera[0].packetsPerFrame = 3;
        narrow.run(500);
        assertThat(narrow.count(Counter.RELAY_DROPPED)).isPositive();
        assertThat(narrow.count(Counter.MISSED))
                .as("the publisher did nothing wrong")
                .isZero();
        assertWhole(viewer);
    }

    /** Every packet of the slot came, and each as it was sent. */
    private static void assertWhole(Guest viewer) {
        Set<Long> numbers = new TreeSet<>();
        viewer.of(viewer.videoSsrc(0))
                .forEach(packet -> numbers.add(packet.imprint().sequence()));
        viewer.of(viewer.rtxSsrc(0))
                .forEach(packet -> numbers.add(packet.imprint().sequence()));
        long first = ((TreeSet<Long>) numbers).first();
        long last = ((TreeSet<Long>) numbers).last();
        assertThat(numbers).hasSizeGreaterThan(50).hasSize((int) (last - first + 1));
        SlotWatch.check(viewer);
    }

    @Test
    void aStreamThatStartsOverGoesOn() {
        Guest publisher = publisher();
        Guest viewer = viewer(2);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(2000);
        publisher.camera[0].skip(20_000);
        scene.run(1000);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        assertThat(viewer.of(viewer.videoSsrc(0)).getLast().nanos()).isGreaterThan(scene.nanos() - 70_000_000L);
        assertThat(SlotWatch.check(viewer)).isEqualTo(2);
    }

    @Test
    void thePublishersReportsReachTheOtherParts() {
        Guest publisher = publisher();
        Guest early = viewer(2);
        scene.want(early, 1, tile(0, publisher, 180));
        scene.run(500);
        long ntp = NtpTime.fromEpochNanos(scene.nanos());
        publisher.sendRtcp(w ->
                w.senderReport(publisher.camera[1].ssrc, ntp, publisher.camera[1].timestampAt(scene.nanos()), 1, 1));
        scene.run(700);
        // Whoever begins to watch a layer later is told its last report as if it had been there.
        scene.want(early, 2, tile(0, publisher, 360));
        scene.run(1500);
        assertThat(scene.slot(early, 0).layer()).isEqualTo("h");
        SlotWatch.check(early);
    }

    @Test
    void whoLeavesOneAgentIsGoneOnTheOthers() {
        Guest publisher = publisher();
        Guest viewer = viewer(2);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        scene.leave(publisher);
        scene.run(300);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.PAUSED);
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.PUBLISHER);
        Guest again = scene.joinPart(HERE, 1, Dialect.FIRST);
        scene.run(500);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        assertThat(again.number()).isEqualTo(1);
        SlotWatch.check(viewer);
    }

    @Test
    void whoIsKickedIsGoneEverywhere() {
        Guest publisher = publisher();
        Guest viewer = viewer(2);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        scene.agent(HERE).kick(Scene.ROOM, 1);
        scene.run(300);
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.PUBLISHER);
        assertThat(relayedIn(500)).isZero();
    }

    @Test
    void whoMovesToAnotherAgentIsSeenByAllAndTwiceByNobody() {
        Guest before = publisher();
        Guest near = scene.joinPart(HERE, 3, Dialect.SECOND);
        silence(near);
        Guest far = viewer(2);
        scene.want(near, 1, tile(0, before, 180));
        scene.want(far, 1, tile(0, before, 180));
        scene.run(500);
        // The new session joins while the old one is still there, as after a change of networks.
        Guest after = scene.joinPart(THERE, 1, Dialect.FIRST);
        after.microphone.active = false;
        scene.run(500);
        long sent = before.packets;
        for (Guest viewer : List.of(near, far)) {
            assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
            assertThat(viewer.of(viewer.videoSsrc(0)).getLast().nanos()).isGreaterThan(scene.nanos() - 70_000_000L);
            SlotWatch.check(viewer);
        }
        assertThat(scene.flowing).containsEntry("1 CAMERA", true);
        scene.leave(before);
        scene.run(500);
        assertThat(before.packets).isEqualTo(sent);
        for (Guest viewer : List.of(near, far)) {
            assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        }
    }

    @Test
    void aPartThatEndsTakesItsPeopleAwayAndMayComeBack() {
        Guest publisher = publisher();
        Guest viewer = viewer(2);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        scene.agent(HERE).endRoom(Scene.ROOM);
        scene.run(300);
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.PUBLISHER);
        assertThat(scene.agent(HERE).roomCount()).isZero();
        assertThat(tracks()).isZero();

        scene.agent(HERE).openRoom(Scene.ROOM, scene);
        scene.agent(THERE).spread(Scene.ROOM, scene.links().getFirst().first());
        scene.agent(HERE).join(Scene.ROOM, publisher.participant());
        scene.run(500);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        SlotWatch.check(viewer);
    }

    @Test
    void aPartThatIsOpenedLaterIsGreetedAgainUntilItAnswers() {
        scene.agent(HERE).endRoom(Scene.ROOM);
        scene.run(50);
        scene.agent(THERE).spread(Scene.ROOM, scene.links().getFirst().first());
        scene.run(500);
        scene.agent(HERE).openRoom(Scene.ROOM, scene);
        Guest publisher = publisher();
        Guest viewer = viewer(2);
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(700);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
    }

    private int tracks() {
        return scene.links().stream()
                .mapToInt(ends -> ends.first().tracks() + ends.second().tracks())
                .sum();
    }

    /** The same story told in one agent and in three: everybody hears the same people. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLoudestAreTheSameAsInOneAgent(long seed) {
        Scene one = new Scene();
        Scene three = Scene.spreadOver(3);
        int people = 9;
        List<List<Guest>> rooms = List.of(voices(one, people), voices(three, people));
        Random random = new Random(seed);
        for (int turn = 0; turn < 25; turn++) {
            int speaker = random.nextInt(people);
            // A turn is loud or silence; no two people are equally loud, and no two within the margin.
            int level = random.nextInt(3) == 0 ? 127 : 8 + 7 * speaker;
            rooms.forEach(room -> room.get(speaker).microphone.audioLevel = level);
            long millis = 1500 + random.nextInt(1500);
            one.run(millis);
            three.run(millis);
            for (int i = 0; i < people; i++) {
                assertThat(heard(three, rooms.get(1).get(i)))
                        .as("turn %d, receiver %d", turn, i + 1)
                        .isEqualTo(heard(one, rooms.get(0).get(i)));
            }
        }
        rooms.get(1).forEach(SlotWatch::check);
    }

    private static List<Guest> voices(Scene scene, int count) {
        List<Guest> people = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Guest guest = scene.join(i, Dialect.FIRST, 0, 3);
            silence(guest);
            guest.microphone.active = true;
            guest.microphone.audioLevel = 127;
            people.add(guest);
            scene.run(300);
        }
        return people;
    }

    private static Set<Long> heard(Scene scene, Guest by) {
        return by.received.stream()
                .filter(packet -> packet.nanos() > scene.nanos() - 100_000_000L)
                .map(Received::csrc)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** People come, go, move and look at each other at random; in the end everybody sees what they want, and nothing is left behind. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void whateverHappensEverybodyEndsUpSeeingWhomTheyWant(long seed) {
        Scene three = Scene.spreadOver(3);
        Random random = new Random(seed);
        List<Guest> people = new ArrayList<>();
        long next = 1;
        for (int step = 0; step < 60; step++) {
            int act = random.nextInt(10);
            if (people.size() < 4 || act < 3 && people.size() < 9) {
                people.add(three.joinPart(random.nextInt(3), next++, Dialect.FIRST, 3, 3));
            } else if (act == 3) {
                three.leave(people.remove(random.nextInt(people.size())));
            } else if (act == 4) {
                int at = random.nextInt(people.size());
                Guest old = people.get(at);
                people.set(at, three.joinPart(random.nextInt(3), old.number(), Dialect.FIRST, 3, 3));
                three.run(random.nextInt(60));
                three.leave(old);
            } else {
                look(three, people, random, step);
            }
            three.run(random.nextInt(300));
        }
        people.forEach(viewer -> three.want(viewer, 1000, tile(0, people.get(random.nextInt(people.size())), 360)));
        three.run(3000);
        for (Guest viewer : people) {
            assertThat(three.slot(viewer, 0).state()).isEqualTo(State.LIVE);
            assertThat(three.slot(viewer, 0).layer()).isEqualTo("h");
            SlotWatch.check(viewer);
        }
        List.copyOf(people).forEach(three::leave);
        three.run(100);
        assertThat(three.links().stream()
                        .mapToInt(ends -> ends.first().tracks() + ends.second().tracks())
                        .sum())
                .isZero();
    }

    private static void look(Scene scene, List<Guest> people, Random random, int revision) {
        Guest viewer = people.get(random.nextInt(people.size()));
        int[] heights = {180, 360, 720};
        scene.want(
                viewer,
                revision,
                tile(0, people.get(random.nextInt(people.size())), heights[random.nextInt(3)]),
                tile(1, people.get(random.nextInt(people.size())), heights[random.nextInt(3)]));
    }
}
