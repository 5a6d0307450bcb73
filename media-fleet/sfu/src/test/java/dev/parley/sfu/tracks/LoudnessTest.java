package dev.parley.sfu.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoudnessTest {
    private static final long PACKET = 20_000_000L;

    private final Loudness loudness = new Loudness();
    private long nanos;

    private void say(int level, int packets) {
        for (int i = 0; i < packets; i++) {
            nanos += PACKET;
            loudness.onPacket(level, nanos);
            loudness.onTick(nanos);
        }
    }

    @Test
    void aVoiceIsSpeechAfterAFewPackets() {
        say(90, 50);
        assertThat(loudness.speaking()).isFalse();
        say(25, 5);
        assertThat(loudness.speaking()).isTrue();
    }

    @Test
    void aPauseBetweenWordsDoesNotEndATurn() {
        say(25, 50);
        say(100, 7);
        assertThat(loudness.speaking()).isTrue();
        say(100, 50);
        assertThat(loudness.speaking()).isFalse();
    }

    @Test
    void aClickIsNoSpeech() {
        say(100, 50);
        say(45, 1);
        assertThat(loudness.speaking()).isFalse();
    }

    @Test
    void whoStopsSendingFallsSilent() {
        say(25, 50);
        for (int i = 0; i < 40; i++) {
            nanos += 50_000_000L;
            loudness.onTick(nanos);
        }
        assertThat(loudness.speaking()).isFalse();
        assertThat(loudness.value()).isZero();
        assertThat(loudness.level()).isEqualTo(127);
    }

    @Test
    void packetsWithoutALevelCountAsAVoice() {
        say(MediaPacket.ABSENT, 20);
        assertThat(loudness.speaking()).isTrue();
    }

    @Test
    void theVoiceFlagIsNotPartOfTheLevel() {
        say(0x80 | 127, 20);
        assertThat(loudness.level()).isEqualTo(127);
    }
}
