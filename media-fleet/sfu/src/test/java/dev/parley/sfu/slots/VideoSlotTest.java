package dev.parley.sfu.slots;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.sfu.Codec;
import dev.parley.sfu.SlotReport;
import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Received;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.SlotWatch;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoSlotTest {
    private final Scene scene = scene();
    private final Guest viewer = scene.join(1, Dialect.SECOND);
    private final Guest publisher = scene.join(2, Dialect.FIRST);

    /** Where the tests take place. */
    Scene scene() {
        return new Scene();
    }

    @Test
    void aWantedCameraArrivesWithinOneKeyFrame() {
        scene.run(100);
        scene.want(viewer, 7, tile(0, publisher, 180));
        scene.run(100);
        assertThat(scene.slot(viewer, 0)).isEqualTo(new SlotReport(0, State.LIVE, 2, Source.CAMERA, "q", Why.NOTHING));
        Received first = viewer.of(viewer.videoSsrc(0)).getFirst();
        assertThat(first.imprint().keyStart()).isTrue();
        assertThat(first.csrc()).isEqualTo(2);
        assertThat(first.payloadType()).isEqualTo(120);
        assertThat(scene.log).anyMatch(line -> line.startsWith("slot 1 rev 7"));
    }

    @Test
    void aGrowingTileGetsALargerLayerAtAKeyFrameAndNeverGoesBlack() {
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        scene.want(viewer, 2, tile(0, publisher, 720));
        scene.run(500);
        assertThat(scene.slot(viewer, 0).layer()).isEqualTo("f");
        scene.want(viewer, 3, tile(0, publisher, 300));
        scene.run(500);
        assertThat(scene.slot(viewer, 0).layer()).isEqualTo("h");
        assertThat(SlotWatch.check(viewer)).isEqualTo(3);
        List<Received> packets = viewer.of(viewer.videoSsrc(0));
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).nanos() - packets.get(i - 1).nanos()).isLessThan(70_000_000L);
        }
    }

    @Test
    void aTileSlightlyLargerThanALayerIsFilledByIt() {
        scene.run(100);
        scene.want(viewer, 1, tile(0, publisher, 400));
        scene.run(200);
        assertThat(scene.slot(viewer, 0).layer()).isEqualTo("h");
        scene.want(viewer, 2, tile(0, publisher, 440));
        scene.run(200);
        assertThat(scene.slot(viewer, 0).layer()).isEqualTo("f");
    }

    @Test
    void aLayerThatStopsIsReplacedByTheBestThatFlows() {
        scene.want(viewer, 1, tile(0, publisher, 720));
        scene.run(500);
        publisher.camera[2].active = false;
        scene.run(1500);
        assertThat(scene.slot(viewer, 0))
                .isEqualTo(new SlotReport(0, State.LIVE, 2, Source.CAMERA, "h", Why.PUBLISHER));
        publisher.camera[0].active = false;
        publisher.camera[1].active = false;
        scene.run(1500);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.PAUSED);
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.PUBLISHER);
        publisher.camera[2].active = true;
        publisher.camera[2].keyFrameAsked = true;
        scene.run(500);
        assertThat(scene.slot(viewer, 0).layer()).isEqualTo("f");
        SlotWatch.check(viewer);
    }

    @Test
    void onlyALargerLayerFlowsThenItIsSent() {
        publisher.camera[0].active = false;
        publisher.camera[1].active = false;
        scene.run(100);
        scene.want(viewer, 1, tile(0, publisher, 90));
        scene.run(300);
        assertThat(scene.slot(viewer, 0).layer()).isEqualTo("f");
    }

    @Test
    void aMutedCameraPausesTheSlotAndComesBackOnAKeyFrame() {
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(300);
        scene.mute(publisher, Source.CAMERA, true);
        scene.run(50);
        int before = viewer.of(viewer.videoSsrc(0)).size();
        scene.run(500);
        assertThat(viewer.of(viewer.videoSsrc(0))).hasSize(before);
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.MUTED);
        scene.mute(publisher, Source.CAMERA, false);
        scene.run(600);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        assertThat(SlotWatch.check(viewer)).isEqualTo(2);
    }

    @Test
    void aLateJoinerSeesEverybody() {
        Guest third = scene.join(3, Dialect.TWO_BYTE_IDS);
        scene.want(viewer, 1, tile(0, publisher, 180), tile(1, third, 180));
        scene.run(2000);
        Guest late = scene.join(4, Dialect.FIRST);
        scene.want(late, 1, tile(0, viewer, 180), tile(1, publisher, 180), tile(2, third, 180));
        scene.run(700);
        for (int slot = 0; slot < 3; slot++) {
            assertThat(scene.slot(late, slot).state()).as("slot %d", slot).isEqualTo(State.LIVE);
        }
        SlotWatch.check(late);
    }

    @Test
    void aSlotWaitsForAPublisherThatHasNotComeYet() {
        scene.want(viewer, 1, new WantedSlot(0, 9, Source.CAMERA, 320, 180, 0, false));
        scene.run(200);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.PAUSED);
        Guest ninth = scene.join(9, Dialect.FIRST);
        scene.run(300);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        scene.leave(ninth);
        scene.run(200);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.PAUSED);
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.PUBLISHER);
    }

    @Test
    void slotsThatAreNotWantedAreEmpty() {
        scene.want(viewer, 1, tile(0, publisher, 180), tile(1, publisher, 180));
        scene.run(300);
        scene.want(viewer, 2, tile(1, publisher, 180));
        scene.run(50);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.EMPTY);
        int before = viewer.of(viewer.videoSsrc(0)).size();
        scene.run(200);
        assertThat(viewer.of(viewer.videoSsrc(0))).hasSize(before);
        assertThat(scene.slot(viewer, 1).state()).isEqualTo(State.LIVE);
    }

    @Test
    void whatAReceiverCannotDecodeIsRefusedWithTheReason() {
        Guest other = scene.join(3, Dialect.H264_ONLY);
        scene.want(viewer, 1, tile(0, other, 180));
        scene.want(other, 1, tile(0, publisher, 180));
        scene.run(600);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.PAUSED);
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.CODEC);
        assertThat(scene.slot(other, 0).why()).isEqualTo(Why.CODEC);
        assertThat(viewer.of(viewer.videoSsrc(0))).isEmpty();
    }

    @Test
    void aSlotGoesFromOneCodecToAnother() {
        Guest chrome = scene.join(3, Dialect.FIRST);
        Guest vp9 = scene.join(4, Dialect.FIRST, 1, 1, Codec.VP9);
        Guest h264 = scene.join(5, Dialect.FIRST, 1, 1, Codec.H264);
        int revision = 0;
        for (Guest each : List.of(publisher, vp9, h264, publisher)) {
            scene.want(chrome, revision++, tile(0, each, 180));
            scene.run(700);
        }
        List<Integer> types = chrome.of(chrome.videoSsrc(0)).stream()
                .map(Received::payloadType)
                .distinct()
                .toList();
        assertThat(types).containsExactly(96, 98, 102);
        assertThat(chrome.of(chrome.videoSsrc(0)).getLast().payloadType()).isEqualTo(96);
        List<Received> all = chrome.of(chrome.videoSsrc(0));
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).sequenceNumber() - all.get(i - 1).sequenceNumber() & 0xFFFF)
                    .isEqualTo(1);
        }
    }

    @Test
    void extensionsAreRebuiltWithTheReceiversIdsAndUnknownOnesDropped() {
        publisher.camera[0].orientation = 3;
        publisher.camera[0].strangeElement = 14;
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(200);
        Received packet = viewer.of(viewer.videoSsrc(0)).getFirst();
        assertThat(packet.elements())
                .containsOnlyKeys(ExtensionUri.TRANSPORT_SEQUENCE, ExtensionUri.MID, ExtensionUri.VIDEO_ORIENTATION);
        assertThat(packet.elements().get(ExtensionUri.VIDEO_ORIENTATION)).containsExactly(3);
        assertThat(packet.mid()).isEqualTo("v0");
        assertThat(packet.strangeElements()).isZero();
    }

    @Test
    void theScreenIsATrackOfItsOwn() {
        publisher.screen.active = true;
        scene.want(viewer, 1, new WantedSlot(2, 2, Source.SCREEN, 1920, 1080, 0, true));
        scene.run(300);
        assertThat(scene.slot(viewer, 2)).isEqualTo(new SlotReport(2, State.LIVE, 2, Source.SCREEN, "", Why.NOTHING));
        assertThat(scene.flowing).containsEntry("2 SCREEN", true);
        publisher.screen.active = false;
        scene.run(2500);
        assertThat(scene.slot(viewer, 2).state()).as("a screen may stand still").isEqualTo(State.LIVE);
        scene.run(1000);
        assertThat(scene.slot(viewer, 2).state()).isEqualTo(State.PAUSED);
        assertThat(scene.flowing).containsEntry("2 SCREEN", false);
    }

    @Test
    void aPublisherThatOnlyPausedGoesOnWithoutAKeyFrame() {
        publisher.screen.active = true;
        scene.want(viewer, 1, new WantedSlot(0, 2, Source.SCREEN, 1920, 1080, 0, true));
        scene.run(300);
        publisher.screen.active = false;
        scene.run(4000);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.PAUSED);
        int requests = publisher.screen.keyFrameRequests;
        publisher.screen.active = true;
        scene.run(300);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        assertThat(publisher.screen.keyFrameRequests).isEqualTo(requests);
        assertThat(SlotWatch.check(viewer)).isEqualTo(1);
    }

    @Test
    void aSlotWhoseSectionHasNoTransportNumbersGetsNone() {
        assertThat(viewer.of(viewer.audioSsrc(0))).allMatch(r -> r.transportSequence() >= 0);
        Guest firefox = scene.join(6, Dialect.SECOND, 1, 1, Codec.VP8, EnumSet.of(ExtensionUri.MID));
        scene.want(firefox, 1, tile(0, publisher, 180));
        scene.run(500);
        assertThat(firefox.of(firefox.audioSsrc(0))).isNotEmpty().allSatisfy(r -> {
            assertThat(r.elements()).containsOnlyKeys(ExtensionUri.MID);
        });
        int expected = 0;
        for (Received packet : firefox.of(firefox.videoSsrc(0))) {
            assertThat(packet.transportSequence()).isEqualTo(expected++);
        }
        assertThat(expected).isPositive();
    }

    @Test
    void aPublisherThatComesBackWithNewStreamsIsSeenAgain() {
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        publisher.camera[0].skip(20_000);
        publisher.camera[0].keyFrameAsked = true;
        scene.run(700);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        assertThat(SlotWatch.check(viewer)).isEqualTo(2);
    }

    @Test
    void aSessionThatReplacesItsOwnIsSeenByTheOthers() {
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(300);
        Guest again = scene.join(2, Dialect.SECOND);
        scene.run(700);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        scene.agent().leave(Scene.ROOM, publisher.participant());
        scene.run(300);
        assertThat(scene.slot(viewer, 0).state())
                .as("a late goodbye harms nobody")
                .isEqualTo(State.LIVE);
        assertThat(again.packets).isPositive();
    }

    @Test
    void paddingOfAPublisherKeepsTheNumbersContinuous() {
        scene.want(viewer, 1, tile(0, publisher, 180));
        for (int i = 0; i < 10; i++) {
            scene.run(100);
            publisher.camera[0].padding();
            publisher.camera[0].padding();
        }
        scene.run(100);
        List<Received> packets = viewer.of(viewer.videoSsrc(0));
        assertThat(packets.stream().filter(r -> r.payload().length == 0)).hasSizeGreaterThan(15);
        for (int i = 1; i < packets.size(); i++) {
            int step = packets.get(i).sequenceNumber() - packets.get(i - 1).sequenceNumber() & 0xFFFF;
            assertThat(step).isEqualTo(1);
        }
    }
}
