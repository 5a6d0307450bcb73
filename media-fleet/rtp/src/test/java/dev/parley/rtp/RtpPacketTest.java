package dev.parley.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();

    @Test
    void readsEveryFieldOfAHeaderWithContributorsExtensionAndPadding() {
        ByteBuffer buffer =
                Hex.buffer("ffff b2e0 1234 89abcdef fedcba98 00000007 ffffffff bede 0001 10aa 0000 010203 0003");
        // The two bytes in front are not part of the packet; padding of three bytes at the end.
        buffer.put(buffer.capacity() - 1, (byte) 2);
        packet.wrap(buffer, 2, buffer.capacity() - 2);

        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(0x60);
        assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
        assertThat(packet.timestamp()).isEqualTo(0x89abcdefL);
        assertThat(packet.ssrc()).isEqualTo(0xfedcba98L);
        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.csrc(0)).isEqualTo(7);
        assertThat(packet.csrc(1)).isEqualTo(0xffffffffL);
        assertThat(packet.extensionProfile()).isEqualTo(0xbede);
        assertThat(packet.extensionLength()).isEqualTo(4);
        assertThat(packet.headerLength()).isEqualTo(28);
        assertThat(packet.paddingLength()).isEqualTo(2);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(buffer.get(packet.payloadOffset())).isEqualTo((byte) 1);
        assertThat(buffer.position()).isZero();
    }

    @Test
    void changesFieldsInPlace() {
        ByteBuffer buffer = Hex.buffer("8060 0001 00000002 00000003 aa");
        packet.wrap(buffer, 0, buffer.capacity());
        packet.marker(true);
        packet.payloadType(111);
        packet.sequenceNumber(65535);
        packet.timestamp(0xffff_fffeL);
        packet.ssrc(0x8000_0001L);
        assertThat(Hex.text(buffer, 0, buffer.capacity())).isEqualTo("80efffff" + "fffffffe" + "80000001" + "aa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "8060 0001 00000002 000000", // short header
                "4060 0001 00000002 00000003", // version 1
                "8160 0001 00000002 00000003", // a contributor is missing
                "9060 0001 00000002 00000003", // extension header missing
                "9060 0001 00000002 00000003 bede 0001", // extension runs over the end
                "a060 0001 00000002 00000003", // padding without a byte for its count
                "a060 0001 00000002 00000003 00", // padding of nothing
                "a060 0001 00000002 00000003 02", // padding reaches into the header
            })
    void refusesMalformedPackets(String hex) {
        ByteBuffer buffer = Hex.buffer(hex);
        assertThat(packet.tryWrap(buffer, 0, buffer.capacity())).isFalse();
        assertThatThrownBy(() -> packet.wrap(buffer, 0, buffer.capacity()))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesALengthBeyondTheBuffer() {
        assertThat(packet.tryWrap(Hex.buffer("8060 0001 00000002 00000003"), 0, 13))
                .isFalse();
    }

    @Test
    void walksOneByteExtensionsOverPadding() {
        // RFC 8285 section 4.2: id 1 of 1 byte, padding, id 2 of 3 bytes.
        wrapExtensions("bede 0002 10aa 00 22 010203 00");
        assertThat(extensions.next()).isTrue();
        assertThat(extensions.id()).isEqualTo(1);
        assertThat(extensions.valueLength()).isEqualTo(1);
        assertThat(extensions.next()).isTrue();
        assertThat(extensions.id()).isEqualTo(2);
        assertThat(extensions.valueLength()).isEqualTo(3);
        assertThat(extensions.next()).isFalse();
        assertThat(extensions.find(2)).isTrue();
        assertThat(extensions.find(3)).isFalse();
    }

    @Test
    void stopsAtTheReservedOneByteId() {
        wrapExtensions("bede 0001 f0aa 1001");
        assertThat(extensions.next()).isFalse();
    }

    @Test
    void walksTwoByteExtensionsWithEmptyValues() {
        wrapExtensions("1000 0002 0100 ff02 aabb 0000");
        assertThat(extensions.next()).isTrue();
        assertThat(extensions.id()).isEqualTo(1);
        assertThat(extensions.valueLength()).isZero();
        assertThat(extensions.next()).isTrue();
        assertThat(extensions.id()).isEqualTo(255);
        assertThat(extensions.valueLength()).isEqualTo(2);
        assertThat(extensions.next()).isFalse();
    }

    @Test
    void ignoresAnElementThatRunsOverTheBlock() {
        wrapExtensions("bede 0001 10aa 2f01");
        assertThat(extensions.next()).isTrue();
        assertThat(extensions.next()).isFalse();
    }

    private void wrapExtensions(String hex) {
        ByteBuffer buffer = Hex.buffer("9060 0001 00000002 00000003" + hex);
        extensions.wrap(packet.wrap(buffer, 0, buffer.capacity()));
    }

    @Test
    void writesWhatItReads() {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 5, 96, true, 7, 8, 9)
                .csrc(77)
                .beginExtensions(false)
                .extension(3, new byte[] {'q'})
                .extension(5, new byte[] {1, 2})
                .endExtensions()
                .payload(Hex.buffer("c0ffee"), 0, 3)
                .padding(4);
        packet.wrap(buffer, 5, writer.length());
        assertThat(packet.csrc(0)).isEqualTo(77);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.paddingLength()).isEqualTo(4);
        assertThat(extensions.wrap(packet).find(5)).isTrue();
        assertThat(buffer.getShort(extensions.valueOffset())).isEqualTo((short) 0x0102);
        assertThat(packet.headerLength() % 4).isZero();
    }

    @Test
    void takesBackAnEmptyExtensionBlock() {
        ByteBuffer buffer = ByteBuffer.allocate(40);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 0, 96, false, 7, 8, 9).beginExtensions(false).endExtensions();
        assertThat(packet.wrap(buffer, 0, writer.length()).hasExtension()).isFalse();
        assertThat(writer.length()).isEqualTo(12);
    }
}
