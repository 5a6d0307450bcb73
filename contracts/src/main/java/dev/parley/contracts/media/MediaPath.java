package dev.parley.contracts.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which way somebody's media goes. */
public enum MediaPath {
    /** Through a media node. */
    NODE("node"),
    /** From one person to the other. */
    DIRECT("direct");

    private final String wire;

    MediaPath(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    /** @throws IllegalArgumentException for a name that is no path */
    @JsonCreator
    public static MediaPath of(String wire) {
        for (MediaPath path : values()) {
            if (path.wire.equals(wire)) {
                return path;
            }
        }
        throw new IllegalArgumentException("unknown path: " + wire);
    }
}
