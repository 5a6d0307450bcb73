package dev.parley.platform.push;

/** What became of one push. */
public enum PushOutcome {
    /** The gateway took it. That the client reads it is not said. */
    SENT,
    /** The connection is gone, or not open yet: forget it. */
    GONE,
    /** The message is larger than a frame: it can never be sent so. */
    TOO_LARGE,
    /** Too many requests, or the client reads too slowly: try again later, or let the client find the gap. */
    THROTTLED,
    /** The gateway did not answer, or answered with a failure of its own. */
    FAILED
}
