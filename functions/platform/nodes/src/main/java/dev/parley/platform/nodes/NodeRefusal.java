package dev.parley.platform.nodes;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import java.time.Duration;
import java.util.Map;

/** What a node itself answered when it refused, passed on to the client as it is. */
record NodeRefusal(int status, String code, String message) implements ErrorCode {
    ApiException toException() {
        return new ApiException(this, message, Map.of(), status == 503 ? Duration.ofSeconds(3) : null, null);
    }
}
