package dev.parley.contracts.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a published track shows or lets hear. */
public enum Source {
    MICROPHONE("microphone", false),
    CAMERA("camera", true),
    SCREEN("screen", true),
    SCREEN_AUDIO("screen-audio", false);

    private final String wire;
    private final boolean video;

    Source(String wire, boolean video) {
        this.wire = wire;
        this.video = video;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    public boolean video() {
        return video;
    }

    /** @throws IllegalArgumentException for a name that is no source */
    @JsonCreator
    public static Source of(String wire) {
        for (Source source : values()) {
            if (source.wire.equals(wire)) {
                return source;
            }
        }
        throw new IllegalArgumentException("unknown source: " + wire);
    }
}
