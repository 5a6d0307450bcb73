package dev.parley.rtp.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.MalformedPacketException;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.payload.Av1Payload;
import dev.parley.rtp.payload.H264Payload;
import dev.parley.rtp.payload.H264ProfileLevel;
import dev.parley.rtp.payload.OpusPayload;
import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.payload.Vp9Payload;
import dev.parley.rtp.rtcp.ByeReader;
import dev.parley.rtp.rtcp.FirReader;
import dev.parley.rtp.rtcp.NackReader;
import dev.parley.rtp.rtcp.RembReader;
import dev.parley.rtp.rtcp.ReportBlocks;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.SdesReader;
import dev.parley.rtp.rtcp.SenderReport;
import dev.parley.rtp.rtx.Rtx;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.twcc.TransportFeedbackReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One target per parser: every accessor is called on every input, and nothing but {@link MalformedPacketException} may come out. */
@Tag("fuzz")
class ParserFuzzTest {
    private final ByteBuffer direct = ByteBuffer.allocateDirect(8192);

    private static List<byte[]> corpus(String name) {
        return Fuzz.corpus(ParserFuzzTest.class, "/fuzz/" + name + ".hex");
    }

    /** Inputs end where the slab ends, so that a read beyond the packet is a read beyond the buffer. */
    private ByteBuffer slab(byte[] input) {
        ByteBuffer slab = direct.slice(0, input.length + 7);
        slab.put(7, input);
        return slab;
    }

    @Test
    void rtp() {
        RtpPacket packet = new RtpPacket();
        HeaderExtensions extensions = new HeaderExtensions();
        Fuzz.run("rtp", MalformedPacketException.class, corpus("rtp"), input -> {
            ByteBuffer slab = slab(input);
            packet.wrap(slab, 7, input.length);
            long sum = packet.ssrc() + packet.timestamp() + packet.sequenceNumber() + packet.extensionProfile();
            for (int i = 0; i < packet.csrcCount(); i++) {
                sum += packet.csrc(i);
            }
            extensions.wrap(packet);
            while (extensions.next()) {
                for (int i = 0; i < extensions.valueLength(); i++) {
                    sum += slab.get(extensions.valueOffset() + i);
                }
            }
            assertThat(packet.payloadLength()).isBetween(0, input.length);
            assertThat(packet.headerLength() + packet.payloadLength() + packet.paddingLength())
                    .isEqualTo(input.length);
            packet.marker(sum % 2 == 0);
            Rtx.restore(packet, 96, sum);
        });
    }

    @Test
    void rtcp() {
        RtcpReader reader = new RtcpReader();
        SenderReport senderReport = new SenderReport();
        ReportBlocks blocks = new ReportBlocks();
        NackReader nack = new NackReader();
        FirReader fir = new FirReader();
        RembReader remb = new RembReader();
        ByeReader bye = new ByeReader();
        SdesReader sdes = new SdesReader();
        TransportFeedbackReader transport = new TransportFeedbackReader();
        Fuzz.run("rtcp", MalformedPacketException.class, corpus("rtcp"), input -> {
            reader.wrap(slab(input), 7, input.length);
            long sum = 0;
            while (reader.next()) {
                sum += reader.type() + reader.count() + reader.length() + reader.senderSsrc() + reader.mediaSsrc();
                if (senderReport.tryWrap(reader)) {
                    sum += senderReport.ntpTime() + senderReport.octetCount();
                }
                for (boolean more = blocks.tryWrap(reader); more && blocks.next(); ) {
                    sum += blocks.delaySinceLastSenderReport() + blocks.roundTripNanos(sum);
                }
                for (boolean more = nack.tryWrap(reader); more && nack.next(); ) {
                    sum += nack.sequenceNumber();
                }
                for (boolean more = fir.tryWrap(reader); more && fir.next(); ) {
                    sum += fir.ssrc() + fir.requestNumber();
                }
                for (int i = 0; remb.tryWrap(reader) && i < remb.ssrcCount(); i++) {
                    sum += remb.ssrc(i) + remb.bitrateBps();
                }
                for (boolean more = bye.tryWrap(reader); more && bye.next(); ) {
                    sum += bye.ssrc();
                }
                for (boolean more = sdes.tryWrap(reader); more && sdes.next(); ) {
                    sum += sdes.text().length() + sdes.ssrc();
                }
                for (boolean more = transport.tryWrap(reader); more && transport.next(); ) {
                    sum += transport.arrivalNanos() + transport.sequenceNumber();
                }
            }
            assertThat(sum).isNotEqualTo(Long.MIN_VALUE);
        });
    }

    @Test
    void stun() {
        StunMessage message = new StunMessage();
        StunIntegrity integrity = new StunIntegrity();
        StunKey key = new StunKey("VOkJxbRl1RmTxUk/WvJxBt");
        Fuzz.run("stun", MalformedPacketException.class, corpus("stun"), input -> {
            message.wrap(slab(input), 7, input.length);
            assertThat(message.username()).hasSize(message.usernameLength());
            assertThat(message.localFragmentLength()).isLessThan(514);
            assertThat(message.errorCode()).isBetween(0, 7 * 100 + 255);
            message.mappedAddress();
            message.priority();
            message.tieBreaker();
            integrity.verify(message, key);
            integrity.verifyFingerprint(message);
        });
    }

    @Test
    void sdp() {
        List<byte[]> corpus = Fuzz.offers(false);
        Fuzz.runText("sdp", MalformedPacketException.class, corpus, input -> {
            SessionDescription parsed = SessionDescription.parse(new String(input, StandardCharsets.ISO_8859_1));
            assertThat(SessionDescription.parse(parsed.write()).media()).hasSameSizeAs(parsed.media());
        });
    }

    @Test
    void payloads() {
        Vp8Payload vp8 = new Vp8Payload();
        Vp9Payload vp9 = new Vp9Payload();
        Fuzz.run("payloads", MalformedPacketException.class, corpus("payload"), input -> {
            ByteBuffer slab = slab(input);
            if (vp8.tryWrap(slab, 7, input.length)) {
                assertThat(vp8.headerLength()).isBetween(1, input.length - 1);
                vp8.pictureId(vp8.pictureId() + vp8.width() + vp8.height());
                vp8.tl0PicIdx(vp8.tl0PicIdx() + vp8.temporalId());
            }
            if (vp9.tryWrap(slab, 7, input.length)) {
                assertThat(vp9.headerLength()).isBetween(1, input.length - 1);
                vp9.pictureId(vp9.pictureId() + vp9.spatialId());
                vp9.tl0PicIdx(vp9.tl0PicIdx() + vp9.temporalId());
            }
            H264Payload.startOfKeyFrame(slab, 7, input.length);
            H264Payload.partOfKeyFrame(slab, 7, input.length);
            Av1Payload.startOfKeyFrame(slab, 7, input.length);
            H264ProfileLevel.parse(new String(input, StandardCharsets.ISO_8859_1))
                    .ifPresent(level ->
                            assertThat(H264ProfileLevel.parse(level.toString())).contains(level));
            assertThat(OpusPayload.durationTicks(slab, 7, input.length)).isBetween(0, 5760);
        });
    }
}
