package dev.parley.kernel.tokens;

import java.util.Objects;

/** Whom a token is for. */
public record Audience(String value) {
    /** The REST API. */
    public static final Audience API = new Audience("api");

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
