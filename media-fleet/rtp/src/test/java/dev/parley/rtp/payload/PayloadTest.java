package dev.parley.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.Hex;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
    private final Vp8Payload vp8 = new Vp8Payload();
    private final Vp9Payload vp9 = new Vp9Payload();

    @Test
    void readsAVp8KeyFrameAndItsSize() {
        // X, S; I, L, T; picture id 0x1234 in 15 bits, TL0PICIDX 0x55, tid 0 with layer sync; key frame of 640x360.
        ByteBuffer buffer = Hex.buffer("90 e0 9234 55 20 10 02 00 9d012a 8002 6801 00");
        assertThat(vp8.tryWrap(buffer, 0, buffer.capacity())).isTrue();
        assertThat(vp8.startOfFrame()).isTrue();
        assertThat(vp8.startOfKeyFrame()).isTrue();
        assertThat(vp8.pictureId()).isEqualTo(0x1234);
        assertThat(vp8.pictureIdBits()).isEqualTo(15);
        assertThat(vp8.tl0PicIdx()).isEqualTo(0x55);
        assertThat(vp8.temporalId()).isZero();
        assertThat(vp8.layerSync()).isTrue();
        assertThat(vp8.width()).isEqualTo(640);
        assertThat(vp8.height()).isEqualTo(360);
        vp8.pictureId(0x7fff);
        vp8.tl0PicIdx(256);
        assertThat(Hex.text(buffer, 0, 6)).isEqualTo("90e0ffff0020");
    }

    @Test
    void readsASevenBitPictureIdAndNoLayers() {
        ByteBuffer buffer = Hex.buffer("90 80 11 01");
        assertThat(vp8.tryWrap(buffer, 0, 4)).isTrue();
        assertThat(vp8.pictureId()).isEqualTo(0x11);
        assertThat(vp8.startOfKeyFrame()).isFalse();
        assertThat(vp8.tl0PicIdx()).isEqualTo(-1);
        assertThat(vp8.temporalId()).isEqualTo(-1);
        vp8.pictureId(0x80);
        assertThat(buffer.get(2)).isZero();
        assertThat(vp8.width()).isZero();
    }

    @Test
    void knowsAContinuedFrame() {
        ByteBuffer buffer = Hex.buffer("80 80 11 00");
        assertThat(vp8.tryWrap(buffer, 0, 4)).isTrue();
        assertThat(vp8.startOfFrame()).isFalse();
        assertThat(vp8.startOfKeyFrame()).isFalse();
    }

    @Test
    void refusesAVp8DescriptorWithoutData() {
        assertThat(vp8.tryWrap(Hex.buffer("90 e0 9234 55 20"), 0, 6)).isFalse();
        assertThat(vp8.tryWrap(Hex.buffer("90 80 92"), 0, 3)).isFalse();
        assertThat(vp8.tryWrap(Hex.buffer("10"), 0, 1)).isFalse();
    }

    @Test
    void readsAVp9Descriptor() {
        // I, L, B in non-flexible mode: picture id 0x0102, tid 1 sid 0, TL0PICIDX 9.
        ByteBuffer buffer = Hex.buffer("a8 8102 20 09 ff");
        assertThat(vp9.tryWrap(buffer, 0, buffer.capacity())).isTrue();
        assertThat(vp9.startOfKeyFrame()).isTrue();
        assertThat(vp9.pictureId()).isEqualTo(0x102);
        assertThat(vp9.temporalId()).isEqualTo(1);
        assertThat(vp9.spatialId()).isZero();
        assertThat(vp9.tl0PicIdx()).isEqualTo(9);
        assertThat(vp9.headerLength()).isEqualTo(5);
        // P: predicted.
        assertThat(vp9.tryWrap(Hex.buffer("e8 8102 20 09 ff"), 0, 6)).isTrue();
        assertThat(vp9.startOfKeyFrame()).isFalse();
        // V: a structure of one layer 320x180, one picture in the group without references.
        assertThat(vp9.tryWrap(Hex.buffer("8a 01 18 0140 00b4 01 00 ff"), 0, 10))
                .isTrue();
        assertThat(vp9.headerLength()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "65aa, true", // IDR slice
        "67aa, true", // sequence parameters
        "41aa, false",
        "7c8500, true", // FU-A start of an IDR slice
        "7c0500, false", // FU-A middle
        "780003674200000265aa, true", // STAP-A: parameters first
        "78000241aa000265aa, true", // STAP-A: IDR behind another slice
        "78000241aa, false",
        "78ffff65, false", // STAP-A that lies about its size
        "78, false",
        "7c, false",
    })
    void findsH264KeyFrames(String hex, boolean key) {
        ByteBuffer buffer = Hex.buffer(hex);
        assertThat(H264Payload.startOfKeyFrame(buffer, 0, buffer.capacity())).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "42e01f, CONSTRAINED_BASELINE",
        "42001f, BASELINE",
        "4d001f, MAIN",
        "640c1f, CONSTRAINED_HIGH",
        "64001f, HIGH",
        "f4001f, HIGH_444_PREDICTIVE",
        "00001f, OTHER",
    })
    void readsH264Profiles(String text, H264ProfileLevel.Profile profile) {
        H264ProfileLevel level = H264ProfileLevel.parse(text).orElseThrow();
        assertThat(level.profile()).isEqualTo(profile);
        assertThat(level.levelIdc()).isEqualTo(31);
        assertThat(level).hasToString(text);
    }

    @Test
    void refusesOtherProfileText() {
        assertThat(H264ProfileLevel.parse("42e01")).isEmpty();
        assertThat(H264ProfileLevel.parse("42e01g")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"00, 480", "18, 2880", "78, 960", "e0, 120", "f8, 960", "fb03, 2880", "fb, 0", "fb3f, 0"})
    void measuresOpusPackets(String hex, int ticks) {
        ByteBuffer buffer = Hex.buffer(hex);
        assertThat(OpusPayload.durationTicks(buffer, 0, buffer.capacity())).isEqualTo(ticks);
    }

    @Test
    void knowsOpusSilenceAndAv1KeyFrames() {
        assertThat(OpusPayload.isDtx(1)).isTrue();
        assertThat(OpusPayload.isDtx(80)).isFalse();
        assertThat(Av1Payload.startOfKeyFrame(Hex.buffer("18"), 0, 1)).isTrue();
        assertThat(Av1Payload.startOfKeyFrame(Hex.buffer("98"), 0, 1)).isFalse();
        assertThat(Av1Payload.startOfKeyFrame(Hex.buffer("10"), 0, 1)).isFalse();
    }
}
