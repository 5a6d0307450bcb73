package dev.parley.sfu.rooms;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.rtp.rtcp.NtpTime;
import dev.parley.rtp.rtcp.ReportBlocks;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.SdesReader;
import dev.parley.rtp.rtcp.SenderReport;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Received;
import dev.parley.sfu.scene.Scene;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private final Scene scene = new Scene();
    private final Guest viewer = scene.join(1, Dialect.SECOND);
    private final Guest publisher = scene.join(2, Dialect.FIRST);

    private record Sent(long ssrc, long ntp, long timestamp, long packets, long octets) {}

    private List<Sent> senderReports(Guest to, Map<Long, String> names) {
        List<Sent> reports = new ArrayList<>();
        SenderReport report = new SenderReport();
        SdesReader sdes = new SdesReader();
        for (byte[] compound : to.feedback) {
            RtcpReader reader = new RtcpReader().wrap(ByteBuffer.wrap(compound), 0, compound.length);
            assertThat(compound.length).isLessThanOrEqualTo(1200);
            while (reader.next()) {
                if (report.tryWrap(reader)) {
                    reports.add(new Sent(
                            report.ssrc(),
                            report.ntpTime(),
                            report.rtpTimestamp(),
                            report.packetCount(),
                            report.octetCount()));
                } else if (sdes.tryWrap(reader)) {
                    while (sdes.next()) {
                        names.put(sdes.ssrc(), sdes.text());
                    }
                }
            }
        }
        return reports;
    }

    @Test
    void everySlotHasSenderReportsOnTheNodesClock() {
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(5500);
        Map<Long, String> names = new HashMap<>();
        List<Sent> reports = senderReports(viewer, names);
        for (long ssrc : List.of(viewer.videoSsrc(0), viewer.audioSsrc(0))) {
            List<Sent> own = reports.stream().filter(r -> r.ssrc() == ssrc).toList();
            assertThat(own).hasSizeBetween(4, 6);
            assertThat(names.get(ssrc)).isEqualTo("node@test");
            int clock = ssrc == viewer.videoSsrc(0) ? 90_000 : 48_000;
            for (Sent report : own) {
                long nanos = NtpTime.toEpochNanos(report.ntp()) - Scene.EPOCH_NANOS;
                Received before = viewer.of(ssrc).stream()
                        .filter(r -> r.nanos() <= nanos)
                        .reduce((a, b) -> b)
                        .orElseThrow();
                double expected = (nanos - before.nanos()) * 1e-9 * clock;
                assertThat((double) (int) (report.timestamp() - before.timestamp()))
                        .isCloseTo(expected, within(clock * 0.003));
            }
            Sent last = own.getLast();
            long nanos = NtpTime.toEpochNanos(last.ntp()) - Scene.EPOCH_NANOS;
            assertThat(last.packets())
                    .isCloseTo(
                            viewer.of(ssrc).stream()
                                    .filter(r -> r.nanos() <= nanos)
                                    .count(),
                            within(3L));
        }
        assertThat(reports.stream().map(Sent::ssrc)).doesNotContain(viewer.videoSsrc(1));
    }

    @Test
    void thePublishersOwnReportsTimeTheSlot() {
        scene.want(viewer, 1, tile(0, publisher, 180));
        scene.run(500);
        // The publisher's wall clock is an hour off; its report took 20 ms.
        long publisherOffset = 3_600_000_000_000L;
        long written = scene.nanos() - 20_000_000L;
        publisher.sendRtcp(w -> w.senderReport(
                publisher.camera[0].ssrc,
                NtpTime.fromEpochNanos(written + publisherOffset),
                publisher.camera[0].timestampAt(written),
                1,
                1));
        viewer.feedback.clear();
        scene.run(1000);
        Map<Long, String> names = new HashMap<>();
        Sent report = senderReports(viewer, names).stream()
                .filter(r -> r.ssrc() == viewer.videoSsrc(0))
                .findFirst()
                .orElseThrow();
        long nanos = NtpTime.toEpochNanos(report.ntp()) - Scene.EPOCH_NANOS;
        Received any = viewer.of(viewer.videoSsrc(0)).getLast();
        long slotNow = any.timestamp() + Math.round((nanos - any.nanos()) * 90e-6);
        // The report travelled 20 ms, as the packets of this publisher seem to: the slot's clock is that much behind.
        assertThat((double) (int) (slotNow - report.timestamp())).isCloseTo(1800, within(20.0));
    }

    @Test
    void receptionIsReportedToThePublisher() {
        Random random = new Random(9);
        publisher.lost = bytes -> (bytes[1] & 0x7F) == 111 && random.nextInt(4) == 0;
        scene.run(300);
        long ntp = NtpTime.fromEpochNanos(scene.nanos());
        publisher.sendRtcp(w -> w.senderReport(publisher.microphone.ssrc, ntp, 0, 1, 1));
        scene.run(5000);
        int fraction = 0;
        int blocks = 0;
        ReportBlocks block = new ReportBlocks();
        long highest = 0;
        for (byte[] compound : publisher.feedback) {
            RtcpReader reader = new RtcpReader().wrap(ByteBuffer.wrap(compound), 0, compound.length);
            while (reader.next()) {
                if (!block.tryWrap(reader)) {
                    continue;
                }
                while (block.next()) {
                    if (block.ssrc() == publisher.microphone.ssrc) {
                        blocks++;
                        fraction += block.fractionLost();
                        assertThat(block.lastSenderReport()).isEqualTo(NtpTime.compact(ntp));
                        assertThat(block.highestSequence()).isGreaterThan(highest);
                        assertThat(block.jitter()).isLessThan(96);
                        highest = block.highestSequence();
                    }
                }
            }
        }
        assertThat(blocks).isBetween(4, 6);
        assertThat(fraction / blocks / 256.0).isCloseTo(0.25, within(0.1));
    }

    @Test
    void theConnectionsQualityIsTold() {
        Random random = new Random(9);
        publisher.lost = bytes -> random.nextInt(10) == 0;
        scene.want(viewer, 1, tile(0, publisher, 720));
        scene.run(1000);
        long sent = NtpTime.compact(NtpTime.fromEpochNanos(scene.nanos() + Scene.EPOCH_NANOS));
        scene.quiet(80);
        viewer.sendRtcp(
                w -> w.receiverReport(1).reportBlock(viewer.videoSsrc(0), 26, 5, 100, 0, sent, 65536 * 30 / 1000));
        scene.run(3000);
        ConnectionQuality up = scene.qualities.get(2L);
        assertThat(up.upLoss()).isCloseTo(0.1, within(0.07));
        assertThat(up.upBps()).isGreaterThan(500_000);
        ConnectionQuality down = scene.qualities.get(1L);
        assertThat(down.downLoss()).isCloseTo(0.1, within(0.01));
        assertThat(down.roundTripNanos()).isCloseTo(50_000_000L, within(1_000_000L));
        assertThat(down.downBps()).isGreaterThan(200_000);
        assertThat(down.estimateBps()).isPositive();
    }
}
