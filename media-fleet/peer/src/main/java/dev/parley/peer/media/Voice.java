package dev.parley.peer.media;

import java.util.Random;

/**
 * Synthesises something that sounds like calm talking without being any language: a pulse train with a moving pitch through
 * three resonators (the formants of five vowels), soft noise for consonants, words and pauses. A voice speaks in its turn
 * and is silent in the others'.
 */
final class Voice {
    /** Samples a second, mono. */
    static final int SAMPLE_RATE = 48_000;

    private static final double[][] VOWELS = {
        {730, 1090, 2440}, {530, 1840, 2480}, {300, 2250, 3000}, {570, 840, 2410}, {330, 900, 2240},
    };

    private final Random random;
    private final double pitchHz;
    private final Resonator[] formants = {new Resonator(), new Resonator(), new Resonator()};
    private double phase;
    private double lowNoise;

    /** One two-pole filter: what a formant is. */
    private static final class Resonator {
        private double a;
        private double b;
        private double gain;
        private double last;
        private double before;

        void tune(double frequencyHz, double bandwidthHz) {
            double radius = Math.exp(-Math.PI * bandwidthHz / SAMPLE_RATE);
            a = 2 * radius * Math.cos(2 * Math.PI * frequencyHz / SAMPLE_RATE);
            b = -radius * radius;
            gain = 1 - radius;
        }

        double next(double input) {
            double output = gain * input + a * last + b * before;
            before = last;
            last = output;
            return output;
        }
    }

    Voice(int index) {
        this.random = new Random(1009L * (index + 1));
        double[] pitches = {196, 118, 152, 224, 104, 172};
        this.pitchHz = pitches[Math.floorMod(index, pitches.length)];
    }

    /**
     * A loop of talking.
     *
     * @param seconds its length
     * @param from where the voice's turn begins, in seconds
     * @param to where it ends
     * @return samples of 16 bits
     */
    short[] speak(double seconds, double from, double to) {
        double[] samples = new double[(int) (seconds * SAMPLE_RATE)];
        double at = from + 0.15;
        while (at < to - 0.5) {
            int syllables = 2 + random.nextInt(4);
            double wordPitch = pitchHz * (0.94 + 0.14 * random.nextDouble());
            for (int i = 0; i < syllables && at < to - 0.35; i++) {
                double length = 0.13 + 0.11 * random.nextDouble();
                double fall = 1 + 0.10 * (1 - 2.0 * i / syllables);
                syllable(samples, at, length, wordPitch * fall);
                at += length + 0.02;
            }
            at += 0.10 + 0.30 * random.nextDouble();
        }
        return quantised(samples);
    }

    private void syllable(double[] samples, double at, double seconds, double hz) {
        double[] vowel = VOWELS[random.nextInt(VOWELS.length)];
        double[] next = VOWELS[random.nextInt(VOWELS.length)];
        boolean breath = random.nextInt(3) == 0;
        int start = (int) (at * SAMPLE_RATE);
        int length = Math.min((int) (seconds * SAMPLE_RATE), samples.length - start);
        for (int i = 0; i < length; i++) {
            double turn = (double) i / length;
            if (i % 240 == 0) {
                for (int f = 0; f < formants.length; f++) {
                    double blend = 0.35 * turn;
                    formants[f].tune(vowel[f] * (1 - blend) + next[f] * blend, 70 + 40 * f);
                }
            }
            double vibrato = 1 + 0.012 * Math.sin(2 * Math.PI * 5.2 * (start + i) / SAMPLE_RATE);
            phase += hz * vibrato / SAMPLE_RATE;
            phase -= Math.floor(phase);
            double pulse = phase < 0.6 ? Math.sin(Math.PI * phase / 0.6) - 0.55 : -0.55;
            double noise = random.nextDouble() * 2 - 1;
            lowNoise += 0.35 * (noise - lowNoise);
            double source = pulse + 0.04 * noise;
            double voiced =
                    formants[0].next(source) * 1.0 + formants[1].next(source) * 0.6 + formants[2].next(source) * 0.25;
            double envelope = Math.pow(Math.sin(Math.PI * turn), 0.7);
            double consonant = breath && turn < 0.25 ? 0.035 * lowNoise * Math.sin(Math.PI * turn / 0.25) : 0;
            samples[start + i] += voiced * envelope + consonant;
        }
    }

    private static short[] quantised(double[] samples) {
        double peak = 1e-9;
        for (double sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        short[] out = new short[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) (samples[i] / peak * 0.38 * Short.MAX_VALUE);
        }
        return out;
    }
}
