package dev.parley.sfu;

import java.util.Objects;

/**
 * Whose voice an audio slot carries.
 *
 * @param slot index among the receiver's audio slots
 * @param participant number of the speaker
 * @param source microphone or screen audio
 * @param level smoothed level in -dBov (RFC 6464): 0 loudest, 127 silence
 * @param speaking whether the level is that of speech
 */
public record VoiceReport(int slot, long participant, Source source, int level, boolean speaking) {
    public VoiceReport {
        Objects.requireNonNull(source, "source");
    }
}
