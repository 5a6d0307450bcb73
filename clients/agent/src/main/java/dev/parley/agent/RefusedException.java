package dev.parley.agent;

import java.io.IOException;
import java.time.Duration;

/** The server answered with a failure. */
final class RefusedException extends IOException {
    private final int status;
    private final String code;
    private final Duration retryAfter;

    /** @param code the stable code of the envelope, such as {@code push.called_back}; empty where there is none */
    RefusedException(int status, String code, String message, Duration retryAfter) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** How long the server asks to wait, or zero. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may be answered otherwise a little later. */
    boolean mayPass() {
        return status == 429 || status >= 500 || status == 408;
    }
}
