package dev.parley.kernel;

import java.time.Duration;
import java.util.Map;

/**
 * A failure that a client can act on: an HTTP status, a stable machine code ({@code meeting.full}) and a sentence for people. Each
 * context lists its own in one enum; those that any context may answer are in {@link Errors}. A code, once published, keeps its meaning.
 */
public interface ErrorCode {
    /** HTTP status, 400 to 599. */
    int status();

    /** Stable machine code: lower-case words, dots between. */
    String code();

    /** What failed and what to do, in one English sentence without data of the request. */
    String message();

    /** This failure, with its own sentence. */
    default ApiException exception() {
        return new ApiException(this, message(), Map.of(), null, null);
    }

    /** This failure, with a sentence that fits the case better. */
    default ApiException exception(String message) {
        return new ApiException(this, message, Map.of(), null, null);
    }

    /** This failure, with fields a client can read, such as {@code field}. */
    default ApiException exception(String message, Map<String, Object> details) {
        return new ApiException(this, message, details, null, null);
    }

    /** This failure, to be tried again after {@code retryAfter}. */
    default ApiException retryAfter(Duration retryAfter) {
        return new ApiException(this, message(), Map.of(), retryAfter, null);
    }
}
