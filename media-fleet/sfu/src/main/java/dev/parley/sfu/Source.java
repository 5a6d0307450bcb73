package dev.parley.sfu;

/** What a published track shows or lets hear. */
public enum Source {
    MICROPHONE(false),
    CAMERA(true),
    SCREEN(true),
    SCREEN_AUDIO(false);

    private final boolean video;

    Source(boolean video) {
        this.video = video;
    }

    /** Whether this is a picture; otherwise it is sound. */
    public boolean video() {
        return video;
    }
}
