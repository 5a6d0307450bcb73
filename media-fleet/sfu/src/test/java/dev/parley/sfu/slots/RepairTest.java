package dev.parley.sfu.slots;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.rtcp.NtpTime;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Received;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.SlotWatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepairTest {
    private final Scene scene = scene();
    private final Guest viewer = scene.join(1, Dialect.SECOND);
    private final Guest first = scene.join(2, Dialect.FIRST);
    private final Guest second = scene.join(3, Dialect.FIRST);

    /** Where the tests take place. */
    Scene scene() {
        return new Scene();
    }

    private void nack(Received missing) {
        viewer.sendRtcp((RtcpWriter w) -> w.nack(1, missing.ssrc(), missing.sequenceNumber()));
    }

    @Test
    void aMissingPacketComesAgainByteForByteOnTheRetransmissionStream() {
        scene.want(viewer, 1, tile(0, first, 180));
        scene.run(300);
        scene.want(viewer, 2, tile(0, second, 360));
        scene.run(400);
        List<Received> sent = viewer.of(viewer.videoSsrc(0));
        List<Received> lastSecond = sent.stream()
                .filter(r -> r.nanos() > scene.nanos() - 600_000_000L)
                .toList();
        assertThat(lastSecond.stream().map(Received::csrc).distinct()).containsExactly(2L, 3L);
        viewer.received.clear();
        lastSecond.forEach(this::nack);
        List<Received> again = viewer.of(viewer.rtxSsrc(0));
        assertThat(again).hasSameSizeAs(lastSecond);
        for (int i = 0; i < again.size(); i++) {
            Received was = lastSecond.get(i);
            Received is = again.get(i);
            assertThat(is.payloadType()).isEqualTo(124);
            assertThat(is.timestamp()).isEqualTo(was.timestamp());
            assertThat(is.marker()).isEqualTo(was.marker());
            assertThat(is.csrc()).isEqualTo(was.csrc());
            assertThat(is.mid()).isEqualTo(was.mid());
            assertThat((is.payload()[0] & 0xFF) << 8 | is.payload()[1] & 0xFF).isEqualTo(was.sequenceNumber());
            assertThat(Arrays.copyOfRange(is.payload(), 2, is.payload().length)).isEqualTo(was.payload());
            if (i > 0) {
                int step = is.sequenceNumber() - again.get(i - 1).sequenceNumber() & 0xFFFF;
                assertThat(step).as("a sequence of its own").isEqualTo(1);
            }
        }
    }

    @Test
    void oneWhoAsksForEverythingAgainAndAgainGetsNoMoreThanItsPathCarries() {
        scene.want(viewer, 1, tile(0, first, 180));
        scene.run(300);
        Received largest = viewer.of(viewer.videoSsrc(0)).stream()
                .max(Comparator.comparingInt(received -> received.payload().length))
                .orElseThrow();
        // It claims a round trip of nothing, so that no answer is on its way any more.
        long now = NtpTime.compact(NtpTime.fromEpochNanos(Scene.EPOCH_NANOS + scene.nanos()));
        viewer.sendRtcp(w -> w.receiverReport(1).reportBlock(largest.ssrc(), 0, 0, 0, 0, now, 0));
        int requests = 2 * 2_500_000 / largest.payload().length;
        for (int i = 0; i < requests; i++) {
            nack(largest);
        }

        long bytes = viewer.of(viewer.rtxSsrc(0)).stream()
                .mapToLong(received -> received.payload().length)
                .sum();
        assertThat(bytes).isBetween(100_000L, 2_600_000L);
    }

    @Test
    void aRepeatedRequestIsIgnoredWhileTheAnswerIsOnItsWay() {
        scene.want(viewer, 1, tile(0, first, 180));
        scene.run(300);
        Received missing = viewer.of(viewer.videoSsrc(0)).getLast();
        nack(missing);
        nack(missing);
        assertThat(viewer.of(viewer.rtxSsrc(0))).hasSize(1);
        scene.run(200);
        nack(missing);
        assertThat(viewer.of(viewer.rtxSsrc(0))).hasSize(2);
        assertThat(scene.count(Counter.RESENT)).isEqualTo(2);
        assertThat(scene.count(Counter.NOT_RESENT)).isEqualTo(1);
    }

    @Test
    void whatWasNeverSentOrIsLongGoneIsNotAnswered() {
        scene.want(viewer, 1, tile(0, first, 180));
        scene.run(300);
        Received oldest = viewer.of(viewer.videoSsrc(0)).getFirst();
        Received newest = viewer.of(viewer.videoSsrc(0)).getLast();
        viewer.sendRtcp(w -> w.nack(1, newest.ssrc(), newest.sequenceNumber() + 5 & 0xFFFF));
        viewer.sendRtcp(w -> w.nack(1, 12345, newest.sequenceNumber()));
        assertThat(viewer.of(viewer.rtxSsrc(0))).isEmpty();
        scene.run(30_000);
        nack(oldest);
        assertThat(viewer.of(viewer.rtxSsrc(0))).isEmpty();
    }

    @Test
    void nothingIsSentAgainForAPublisherThatLeft() {
        scene.want(viewer, 1, tile(0, first, 180));
        scene.run(300);
        scene.leave(first);
        scene.run(50);
        nack(viewer.of(viewer.videoSsrc(0)).getLast());
        assertThat(viewer.of(viewer.rtxSsrc(0))).isEmpty();
    }

    @Test
    void whatIsLostOnTheWayToTheNodeIsAskedForAndPassedOn() {
        Random random = new Random(4);
        first.lost = bytes -> random.nextInt(10) == 0;
        scene.want(viewer, 1, tile(0, first, 180));
        scene.run(4000);
        first.lost = bytes -> false;
        scene.run(300);
        SlotWatch.check(viewer);
        List<Integer> numbers = viewer.of(viewer.videoSsrc(0)).stream()
                .map(Received::sequenceNumber)
                .sorted()
                .toList();
        assertThat(numbers.getLast() - numbers.getFirst() + 1).isEqualTo(numbers.size());
        assertThat(numbers.size()).isGreaterThan(300);
    }

    @Test
    void keyFrameRequestsOfManyAreOne() {
        Guest third = scene.join(4, Dialect.FIRST);
        scene.want(viewer, 1, tile(0, first, 180));
        scene.want(third, 1, tile(0, first, 180));
        scene.want(second, 1, tile(0, first, 180));
        scene.run(1000);
        int before = first.camera[0].keyFrameRequests;
        for (Guest each : List.of(viewer, second, third)) {
            each.sendRtcp(w -> w.pictureLoss(1, each.videoSsrc(0)));
        }
        scene.quiet(15);
        assertThat(first.camera[0].keyFrameRequests).as("at once").isEqualTo(before + 1);
        for (int i = 0; i < 20; i++) {
            viewer.sendRtcp(w -> w.fullIntraRequest(1, viewer.videoSsrc(0), 1));
            scene.quiet(20);
        }
        assertThat(first.camera[0].keyFrameRequests).isEqualTo(before + 1);
        scene.quiet(120);
        assertThat(first.camera[0].keyFrameRequests).as("after 500 ms").isEqualTo(before + 2);
    }

    @Test
    void aKeyFrameAnswersTheRequestsThatWait() {
        scene.want(viewer, 1, tile(0, first, 180));
        scene.run(1000);
        int before = first.camera[0].keyFrameRequests;
        viewer.sendRtcp(w -> w.pictureLoss(1, viewer.videoSsrc(0)));
        scene.quiet(15);
        viewer.sendRtcp(w -> w.pictureLoss(1, viewer.videoSsrc(0)));
        scene.run(1000);
        assertThat(first.camera[0].keyFrameRequests).isEqualTo(before + 1);
    }

    @Test
    void aReceiverWhoseRetransmissionsWereNotAgreedOnGetsNone() {
        Guest plain = scene.join(7, Dialect.H264_ONLY);
        Guest other = scene.join(8, Dialect.H264_ONLY);
        scene.want(plain, 1, tile(0, other, 180));
        scene.run(300);
        Received last = plain.of(plain.videoSsrc(0)).getLast();
        plain.sendRtcp(w -> w.nack(1, last.ssrc(), last.sequenceNumber()));
        assertThat(plain.of(plain.rtxSsrc(0))).isEmpty();
    }
}
