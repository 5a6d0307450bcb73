package dev.parley.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.Hex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(1500);
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();

    @Test
    void writesAndReadsACompound() {
        writer.begin(buffer, 3)
                .senderReport(0xfffffff0L, 0x0123456789abcdefL, 0xf0000001L, 10, 11)
                .reportBlock(5, 255, -3, 0x10002, 9, 0x456789abL, 65536)
                .canonicalName(0xfffffff0L, "abc".getBytes(StandardCharsets.US_ASCII))
                .bye(7);
        reader.wrap(buffer, 3, writer.length());

        assertThat(reader.next()).isTrue();
        SenderReport report = new SenderReport();
        assertThat(report.tryWrap(reader)).isTrue();
        assertThat(report.ssrc()).isEqualTo(0xfffffff0L);
        assertThat(report.ntpTime()).isEqualTo(0x0123456789abcdefL);
        assertThat(report.compactNtp()).isEqualTo(0x456789abL);
        assertThat(report.rtpTimestamp()).isEqualTo(0xf0000001L);
        assertThat(report.packetCount()).isEqualTo(10);
        assertThat(report.octetCount()).isEqualTo(11);

        ReportBlocks blocks = new ReportBlocks();
        assertThat(blocks.tryWrap(reader)).isTrue();
        assertThat(blocks.next()).isTrue();
        assertThat(blocks.ssrc()).isEqualTo(5);
        assertThat(blocks.fractionLost()).isEqualTo(255);
        assertThat(blocks.cumulativeLost()).isEqualTo(-3);
        assertThat(blocks.highestSequence()).isEqualTo(0x10002);
        assertThat(blocks.jitter()).isEqualTo(9);
        assertThat(blocks.roundTripNanos(0x456789abL + 65536 + 32768)).isEqualTo(500_000_000L);
        assertThat(blocks.roundTripNanos(0x456789abL)).isEqualTo(-1);
        assertThat(blocks.next()).isFalse();

        assertThat(reader.next()).isTrue();
        SdesReader sdes = new SdesReader();
        assertThat(sdes.tryWrap(reader)).isTrue();
        assertThat(sdes.next()).isTrue();
        assertThat(sdes.type()).isEqualTo(SdesReader.CNAME);
        assertThat(sdes.text()).isEqualTo("abc");
        assertThat(sdes.ssrc()).isEqualTo(0xfffffff0L);
        assertThat(sdes.next()).isFalse();

        assertThat(reader.next()).isTrue();
        ByeReader bye = new ByeReader();
        assertThat(bye.tryWrap(reader)).isTrue();
        assertThat(bye.next()).isTrue();
        assertThat(bye.ssrc()).isEqualTo(7);
        assertThat(bye.next()).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void packsNacksAcrossTheWrap() {
        writer.begin(buffer, 0).nack(1, 2, 65534);
        for (int missing : new int[] {65535, 0, 14, 15, 16, 40}) {
            writer.nackAnother(missing);
        }
        // 65534 with a mask up to 14, 15 with 16, 40 alone.
        assertThat(Hex.text(buffer, 0, writer.length()))
                .isEqualTo("81cd0005" + "00000001" + "00000002" + "fffe8003" + "000f0001" + "00280000");
        reader.wrap(buffer, 0, writer.length()).next();
        NackReader nack = new NackReader();
        assertThat(nack.tryWrap(reader)).isTrue();
        int[] read = new int[7];
        for (int i = 0; i < 7; i++) {
            assertThat(nack.next()).isTrue();
            read[i] = nack.sequenceNumber();
        }
        assertThat(read).containsExactly(65534, 65535, 0, 14, 15, 16, 40);
        assertThat(nack.next()).isFalse();
        assertThat(reader.mediaSsrc()).isEqualTo(2);
    }

    @Test
    void writesKeyFrameRequests() {
        writer.begin(buffer, 0).pictureLoss(1, 0xffffffffL).fullIntraRequest(1, 9, 200);
        reader.wrap(buffer, 0, writer.length()).next();
        assertThat(reader.isFeedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.PLI))
                .isTrue();
        assertThat(reader.mediaSsrc()).isEqualTo(0xffffffffL);
        reader.next();
        FirReader fir = new FirReader();
        assertThat(fir.tryWrap(reader)).isTrue();
        assertThat(fir.next()).isTrue();
        assertThat(fir.ssrc()).isEqualTo(9);
        assertThat(fir.requestNumber()).isEqualTo(200);
        assertThat(fir.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 262143, 262144, 30_000, 2_500_000, 1_000_000_000_000L})
    void writesBitrateEstimates(long bitrateBps) {
        writer.begin(buffer, 0).remb(1, bitrateBps, 77);
        reader.wrap(buffer, 0, writer.length()).next();
        RembReader remb = new RembReader();
        assertThat(remb.tryWrap(reader)).isTrue();
        assertThat(remb.bitrateBps()).isBetween(bitrateBps - bitrateBps / 100_000, bitrateBps);
        assertThat(remb.ssrcCount()).isEqualTo(1);
        assertThat(remb.ssrc(0)).isEqualTo(77);
    }

    @Test
    void readsAReducedSizeCompound() {
        ByteBuffer pli = Hex.buffer("81ce0002 00000001 00000002");
        assertThat(RtcpReader.looksLikeRtcp(pli, 0)).isTrue();
        assertThat(reader.tryWrap(pli, 0, 12)).isTrue();
    }

    @Test
    void leavesPaddingOut() {
        ByteBuffer bye = Hex.buffer("a1cb0002 00000001 00000004");
        reader.wrap(bye, 0, 12).next();
        assertThat(reader.length()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81ce00",
                "01ce0002 00000001 00000002", // version 0
                "81ce0003 00000001 00000002", // longer than it is
                "81ce0001 00000001 00000002", // rest is no packet
                "a1ce0000", // padding without room
                "a1ce0002 00000001 00000000", // padding of nothing
                "a1ce0002 00000001 000000ff", // padding beyond the packet
            })
    void refusesMalformedCompounds(String hex) {
        ByteBuffer bytes = Hex.buffer(hex);
        assertThat(reader.tryWrap(bytes, 0, bytes.capacity())).isFalse();
    }

    @Test
    void refusesReportsShorterThanTheirCount() {
        ByteBuffer report = Hex.buffer("81c90001 00000001");
        reader.wrap(report, 0, 8).next();
        assertThat(new ReportBlocks().tryWrap(reader)).isFalse();
    }

    @Test
    void convertsNtpTime() {
        long nanos = 1_700_000_000_123_456_789L;
        assertThat(NtpTime.toEpochNanos(NtpTime.fromEpochNanos(nanos))).isBetween(nanos - 1, nanos);
        assertThat(NtpTime.fromEpochNanos(0) >>> 32).isEqualTo(2_208_988_800L);
    }
}
