package dev.parley.platform.nodes;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import java.time.Duration;
import java.util.Map;

/**
 * What a node itself answered when it refused, passed on to the client as it is.
 *
 * @param retryAfter when to try again; null when trying again does not help
 */
record NodeRefusal(int status, String code, String message, Duration retryAfter) implements ErrorCode {
    ApiException toException() {
        return new ApiException(this, message, Map.of(), retryAfter, null);
    }
}
