package dev.parley.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that is answered with an error. It is an answer, not an accident: the shell turns it into the failure envelope and logs no
 * stack trace. Made from an {@link ErrorCode}.
 */
public final class ApiException extends RuntimeException {
    private final transient ErrorCode error;
    private final transient Map<String, Object> details;
    private final transient Duration retryAfter;

    public ApiException(
            ErrorCode error, String message, Map<String, Object> details, Duration retryAfter, Throwable cause) {
        super(message, cause, false, cause != null);
        this.error = Objects.requireNonNull(error);
        this.details = Map.copyOf(details);
        this.retryAfter = retryAfter;
    }

    public ErrorCode error() {
        return error;
    }

    /** HTTP status. */
    public int status() {
        return error.status();
    }

    /** Stable machine code. */
    public String code() {
        return error.code();
    }

    /** What a client may read beside the code; empty for most. */
    public Map<String, Object> details() {
        return details;
    }

    /** When to try again, if that helps. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The same failure, to be tried again after {@code wait}. */
    public ApiException after(Duration wait) {
        return new ApiException(error, getMessage(), details, wait, getCause());
    }
}
