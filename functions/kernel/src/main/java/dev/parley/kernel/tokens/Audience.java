package dev.parley.kernel.tokens;

import java.util.Objects;

/** Whom a token is for. */
public record Audience(String value) {
    /** The REST API. */
    public static final Audience API = new Audience("api");
    /** Those routes of the REST API that are for devices that sign in by themselves. */
    public static final Audience DEVICE = new Audience("device");

    public Audience {
        Objects.requireNonNull(value);
    }

    /** The media of one room. */
    public static Audience room(String roomId) {
        return new Audience("room:" + roomId);
    }

    /** The control API of one media node. */
    public static Audience node(String nodeId) {
        return new Audience("node:" + nodeId);
    }
}
