package dev.parley.rtp.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.Hex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test vectors of RFC 5769, and what they leave out. */
class StunMessageTest {
    static final String REQUEST = """
            00010058 2112a442 b7e7a701bc34d686fa87dfae
            80220010 5354554e207465737420636c69656e74
            00240004 6e0001ff
            80290008 932ff9b151263b36
            00060009 6576746a3a68367659202020
            00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
            80280004 e57a3bcf
            """;
    static final String RESPONSE_IPV4 = """
            0101003c 2112a442 b7e7a701bc34d686fa87dfae
            8022000b 7465737420766563746f7220
            00200008 0001a147e112a643
            00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7
            80280004 c07d4c96
            """;
    static final String RESPONSE_IPV6 = """
            01010048 2112a442 b7e7a701bc34d686fa87dfae
            8022000b 7465737420766563746f7220
            00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
            00080014 a382954e4be67bf11784c97c8292c275bfe3ed41
            80280004 c8fb0b4c
            """;

    private final StunMessage message = new StunMessage();
    private final StunIntegrity integrity = new StunIntegrity();
    private final StunKey key = new StunKey("VOkJxbRl1RmTxUk/WvJxBt");

    private StunMessage wrap(String hex) {
        ByteBuffer buffer = Hex.buffer(hex);
        return message.wrap(buffer, 0, buffer.capacity());
    }

    @Test
    void readsTheSampleRequest() {
        wrap(REQUEST);
        assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
        assertThat(message.username()).isEqualTo("evtj:h6vY");
        assertThat(message.localFragmentLength()).isEqualTo(4);
        assertThat(message.priority()).isEqualTo(0x6e0001ffL);
        assertThat(message.isControlled()).isTrue();
        assertThat(message.isControlling()).isFalse();
        assertThat(message.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.unknownRequiredAttribute()).isZero();
        assertThat(integrity.verify(message, key)).isTrue();
        assertThat(integrity.verify(message, new StunKey("another"))).isFalse();
        assertThat(integrity.verifyFingerprint(message)).isTrue();
    }

    @Test
    void readsTheSampleResponses() {
        wrap(RESPONSE_IPV4);
        assertThat(message.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(message.mappedAddress().orElseThrow().toString()).isEqualTo("/192.0.2.1:32853");
        assertThat(integrity.verify(message, key)).isTrue();
        assertThat(integrity.verifyFingerprint(message)).isTrue();

        wrap(RESPONSE_IPV6);
        assertThat(message.mappedAddress().orElseThrow().getAddress().getHostAddress())
                .isEqualTo("2001:db8:1234:5678:11:2233:4455:6677");
        assertThat(integrity.verify(message, key)).isTrue();
        assertThat(integrity.verifyFingerprint(message)).isTrue();
    }

    @Test
    void seesEveryChangedByte() {
        byte[] good = Hex.bytes(REQUEST);
        for (int i = 0; i < good.length - 8; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x01;
            boolean accepted = message.tryWrap(ByteBuffer.wrap(bad), 0, bad.length)
                    && integrity.verify(message, key)
                    && integrity.verifyFingerprint(message);
            assertThat(accepted).as("byte %d", i).isFalse();
        }
    }

    @Test
    void writesARequestThatItReads() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(300);
        StunWriter writer = new StunWriter();
        writer.begin(buffer, 11, StunMessage.BINDING_REQUEST, 1, 2)
                .username("abcd:wxyz".getBytes(StandardCharsets.US_ASCII))
                .priority(0xfffffffeL)
                .controlling(42)
                .useCandidate()
                .integrity(integrity, key)
                .fingerprint(integrity);
        message.wrap(buffer, 11, writer.length());
        assertThat(message.useCandidate()).isTrue();
        assertThat(message.isControlling()).isTrue();
        assertThat(message.priority()).isEqualTo(0xfffffffeL);
        assertThat(integrity.verify(message, key)).isTrue();
        assertThat(integrity.verifyFingerprint(message)).isTrue();

        StunWriter response = new StunWriter();
        ByteBuffer out = ByteBuffer.allocate(200);
        response.respond(out, 0, StunMessage.BINDING_SUCCESS, message)
                .xorMappedAddress(new byte[] {127, 0, 0, 1}, 40000)
                .integrity(integrity, key)
                .fingerprint(integrity);
        message.wrap(out, 0, response.length());
        assertThat(message.transactionIdLow()).isEqualTo(2);
        assertThat(message.mappedAddress().orElseThrow().getPort()).isEqualTo(40000);
        assertThat(integrity.verify(message, key)).isTrue();
    }

    @Test
    void writesAnErrorResponse() {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        StunWriter writer = new StunWriter();
        writer.begin(buffer, 0, StunMessage.BINDING_ERROR, 1, 2)
                .errorCode(487, "Role Conflict".getBytes(StandardCharsets.US_ASCII));
        assertThat(message.wrap(buffer, 0, writer.length()).errorCode()).isEqualTo(487);
    }

    @Test
    void namesAnUnknownRequiredAttribute() {
        wrap("00010008 2112a442 000000000000000000000000 7abc0004 00000000");
        assertThat(message.unknownRequiredAttribute()).isEqualTo(0x7abc);
    }

    @Test
    void ignoresAttributesBehindTheIntegrity() {
        wrap("0001001c 2112a442 000000000000000000000000"
                + "00080014 0000000000000000000000000000000000000000 00250000");
        assertThat(message.useCandidate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001",
                "00010000 2112a443 000000000000000000000000", // another cookie
                "00010004 2112a442 000000000000000000000000", // longer than it is
                "00010002 2112a442 000000000000000000000000 0000", // length no multiple of four
                "00010004 2112a442 000000000000000000000000 00060004", // attribute runs over the end
                "00010008 2112a442 000000000000000000000000 00240003 00000000", // priority of three bytes
                "0101000c 2112a442 000000000000000000000000 00200008 0003000000000000", // address family 3
                "0001000c 2112a442 000000000000000000000000 80280004 00000000 00250000", // fingerprint not last
            })
    void refusesMalformedMessages(String hex) {
        ByteBuffer buffer = Hex.buffer(hex);
        assertThat(message.tryWrap(buffer, 0, buffer.capacity())).isFalse();
    }
}
