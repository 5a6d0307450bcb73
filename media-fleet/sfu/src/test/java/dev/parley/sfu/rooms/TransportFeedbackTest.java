package dev.parley.sfu.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.SequenceUnwrapper;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.twcc.TransportFeedbackReader;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Scene;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The node's transport-wide feedback, read back and compared with what really arrived. */
class TransportFeedbackTest {
    private final Scene scene = new Scene();
    private final Guest guest = scene.join(1, Dialect.FIRST);
    private final Map<Integer, Long> arrived = new HashMap<>();

    private int transportNumber(byte[] packet) {
        RtpPacket rtp = new RtpPacket().wrap(ByteBuffer.wrap(packet), 0, packet.length);
        HeaderExtensions extensions = new HeaderExtensions().wrap(rtp);
        assertThat(extensions.find(Dialect.FIRST.id(ExtensionUri.TRANSPORT_SEQUENCE)))
                .isTrue();
        return extensions.buffer().getShort(extensions.valueOffset()) & 0xFFFF;
    }

    @Test
    void theFirstPacketIsAnsweredWithinFiftyMilliseconds() {
        scene.quiet(1);
        scene.run(80);
        assertThat(guest.feedback).isNotEmpty();
        RtcpReader reader =
                new RtcpReader().wrap(ByteBuffer.wrap(guest.feedback.getFirst()), 0, guest.feedback.getFirst().length);
        assertThat(reader.next()).isTrue();
        TransportFeedbackReader feedback = new TransportFeedbackReader();
        assertThat(feedback.tryWrap(reader)).isTrue();
        assertThat(feedback.feedbackNumber()).isZero();
        assertThat(feedback.baseSequence()).isEqualTo(65_531);
    }

    @Test
    void everyArrivalIsReportedWithItsTimeAndEveryLossAsALoss() {
        Random random = new Random(6);
        guest.uplinkNanos = 3_000_000;
        guest.lost = bytes -> {
            boolean gone = random.nextInt(12) == 0;
            guest.uplinkNanos = 3_000_000 + random.nextInt(3) * 1_000_000L;
            if (!gone) {
                arrived.put(transportNumber(bytes), scene.nanos() + guest.uplinkNanos);
            }
            return gone;
        };
        scene.run(3000);
        Map<Integer, Long> reported = new HashMap<>();
        SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        int number = 0;
        long highest = -1;
        for (byte[] compound : guest.feedback) {
            RtcpReader reader = new RtcpReader().wrap(ByteBuffer.wrap(compound), 0, compound.length);
            while (reader.next()) {
                TransportFeedbackReader feedback = new TransportFeedbackReader();
                if (!feedback.tryWrap(reader)) {
                    continue;
                }
                assertThat(feedback.feedbackNumber()).isEqualTo(number++ & 0xFF);
                while (feedback.next()) {
                    highest = Math.max(highest, unwrapper.unwrap(feedback.sequenceNumber()));
                    if (feedback.received()) {
                        reported.merge(feedback.sequenceNumber(), feedback.arrivalNanos(), (a, b) -> a);
                    }
                }
            }
        }
        assertThat(number).as("every 50 ms").isBetween(57, 62);
        assertThat(reported).hasSizeGreaterThan(700);
        long cycle = (1L << 24) * TransportFeedbackReader.REFERENCE_NANOS;
        reported.forEach((sequence, nanos) -> {
            assertThat(arrived).containsKey(sequence);
            long error = Math.floorMod(nanos - arrived.get(sequence) + cycle / 2, cycle) - cycle / 2;
            assertThat(Math.abs(error)).as("arrival of %d", sequence).isLessThanOrEqualTo(1_000_000L);
        });
        assertThat(arrived.size() - reported.size())
                .as("those since the last report")
                .isLessThan(30);
        assertThat(highest).isPositive();
    }
}
