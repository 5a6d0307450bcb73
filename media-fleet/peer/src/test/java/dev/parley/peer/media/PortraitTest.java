package dev.parley.peer.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortraitTest {

    @Test
    void theLoopHasNoSeam() {
        Portrait portrait = new Portrait("Ana", 0, 320, 180);
        int[] first = portrait.paint(0, 0, "00.0").clone();
        int[] last = portrait.paint(1, 0, "00.0").clone();
        int[] middle = portrait.paint(0.5, 0, "00.0").clone();

        assertThat(last).isEqualTo(first);
        assertThat(middle).isNotEqualTo(first);
    }

    @Test
    void everyLetterAndDigitHasADrawing() {
        for (char letter : "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".toCharArray()) {
            assertThat(Lettering.draw(String.valueOf(letter), 60).getBounds2D().getHeight())
                    .as("%s", letter)
                    .isBetween(55.0, 65.0);
        }
        assertThat(Lettering.draw("é", 60).getBounds2D())
                .isEqualTo(Lettering.draw("E", 60).getBounds2D());
    }

    @Test
    void aVoiceSpeaksInItsTurnOnly() {
        short[] samples = new Voice(1).speak(4, 1, 3);

        assertThat(OpusEncoder.level(samples, 0)).isEqualTo(127);
        assertThat(loudest(samples, 1, 3)).isLessThan(20);
        assertThat(loudest(samples, 3, 4)).isEqualTo(127);
    }

    private static int loudest(short[] samples, int fromSecond, int toSecond) {
        int loudest = 127;
        for (int at = fromSecond * Voice.SAMPLE_RATE;
                at + OpusEncoder.FRAME_SAMPLES <= toSecond * Voice.SAMPLE_RATE;
                at += OpusEncoder.FRAME_SAMPLES) {
            loudest = Math.min(loudest, OpusEncoder.level(samples, at));
        }
        return loudest;
    }
}
