package dev.parley.rtp.rtx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.Hex;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.RtpWriter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RtxTest {
    @Test
    void packsAndRestores() {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 0, 97, true, 5, 6, 7)
                .beginExtensions(false)
                .extension(1, new byte[] {'a', 'b'})
                .endExtensions();
        Rtx.writePayload(writer, 0xfffe, Hex.buffer("c0ffee"), 0, 3);
        RtpPacket packet = new RtpPacket().wrap(buffer, 0, writer.length());
        assertThat(Rtx.originalSequenceNumber(packet)).isEqualTo(0xfffe);
        assertThat(Rtx.restore(packet, 96, 1234)).isTrue();
        assertThat(packet.sequenceNumber()).isEqualTo(0xfffe);
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.ssrc()).isEqualTo(1234);
        assertThat(packet.timestamp()).isEqualTo(6);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.extensionLength()).isEqualTo(4);
        assertThat(Hex.text(buffer, packet.payloadOffset(), packet.payloadLength()))
                .isEqualTo("c0ffee");
    }

    @Test
    void leavesProbesAlone() {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 0, 97, true, 5, 6, 7).padding(20);
        RtpPacket packet = new RtpPacket().wrap(buffer, 0, writer.length());
        assertThat(Rtx.restore(packet, 96, 1234)).isFalse();
        assertThat(packet.ssrc()).isEqualTo(7);
    }
}
