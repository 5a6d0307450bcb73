package dev.parley.platform.nodes;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import java.time.Duration;
import java.util.Map;

/** How the media fleet fails. */
public enum FleetErrors implements ErrorCode {
    /** No live node, or the one that has the room does not answer. */
    UNAVAILABLE(503, "fleet.unavailable", "No media node can be reached: try again in a few seconds."),
    /** Every node is at its limit. */
    FULL(503, "fleet.full", "All media nodes are full: try again shortly."),
    /** The node answered something that is no answer. */
    BAD_REPLY(502, "fleet.bad_reply", "The media node answered nonsense.");

    private static final Duration RETRY = Duration.ofSeconds(3);

    private final int status;
    private final String code;
    private final String message;

    FleetErrors(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String message() {
        return message;
    }

    /** This failure with its own sentence, and when to try again where that helps. */
    @Override
    public ApiException exception() {
        return because(message, null);
    }

    ApiException because(String sentence, Throwable cause) {
        return new ApiException(this, sentence, Map.of(), status == 503 ? RETRY : null, cause);
    }
}
