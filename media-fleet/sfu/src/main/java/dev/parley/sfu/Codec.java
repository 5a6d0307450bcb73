package dev.parley.sfu;

/** The codecs a node forwards. It decodes none of them. */
public enum Codec {
    OPUS(false, 48_000),
    VP8(true, 90_000),
    VP9(true, 90_000),
    H264(true, 90_000),
    AV1(true, 90_000);

    private final boolean video;
    private final int clockRate;

    Codec(boolean video, int clockRate) {
        this.video = video;
        this.clockRate = clockRate;
    }

    /** Whether this codec carries pictures. */
    public boolean video() {
        return video;
    }

    /** RTP timestamp units a second. */
    public int clockRate() {
        return clockRate;
    }
}
