package dev.parley.sfu.tracks;

/**
 * How loud a sound track is, smoothed from the audio level of each packet (RFC 6464): it follows a rising voice in about three packets
 * and falls over about half a second, so that pauses between words do not end a turn.
 *
 * <p>Loudness is 127 minus the level in -dBov: 0 is silence, 127 the loudest.
 */
public final class Loudness {
    /** Loudness from which a voice counts as speech: -52 dBov. */
    public static final double SPEECH = 75;
    /** Loudness below which a voice that spoke counts as silent again: -62 dBov. */
    public static final double SILENCE = 65;

    private static final int LEVEL_SILENT = 127;
    /** What a packet without a level counts as: a quiet voice. */
    private static final int LEVEL_UNKNOWN = 50;

    private static final double RISE = 0.4;
    private static final double FALL = 0.08;
    private static final long GAP_NANOS = 200_000_000L;

    private double value;
    private boolean speaking;
    private long updatedAtNanos;
    private boolean told;

    /** Notes a packet's audio level byte, or {@link MediaPacket#ABSENT}. */
    public void onPacket(int levelByte, long nowNanos) {
        int level = levelByte == MediaPacket.ABSENT ? LEVEL_UNKNOWN : levelByte & LEVEL_SILENT;
        update(LEVEL_SILENT - level, nowNanos);
    }

    /** Lets the loudness of a track fall from which nothing comes: discontinuous transmission, mute, a lost publisher. */
    public void onTick(long nowNanos) {
        if (!told && nowNanos - updatedAtNanos >= GAP_NANOS) {
            value = value < 1 ? 0 : value * 0.5;
            updatedAtNanos = nowNanos;
            judge();
        }
    }

    /** Takes over what the agent says where the voice arrives; from then on nothing else changes it. */
    public void tell(double newValue, boolean nowSpeaking) {
        told = true;
        value = newValue;
        speaking = nowSpeaking;
    }

    private void update(int loudness, long nowNanos) {
        value += (loudness - value) * (loudness > value ? RISE : FALL);
        if (loudness == 0 && value < 1) {
            // Silence is silence: all who are silent are equally so, wherever they are.
            value = 0;
        }
        updatedAtNanos = nowNanos;
        judge();
    }

    private void judge() {
        speaking = speaking ? value > SILENCE : value > SPEECH;
    }

    /** 0 silent to 127 loudest. */
    public double value() {
        return value;
    }

    /** The smoothed level in -dBov. */
    public int level() {
        return LEVEL_SILENT - (int) Math.round(value);
    }

    /** Whether this is speech, with hysteresis. */
    public boolean speaking() {
        return speaking;
    }
}
