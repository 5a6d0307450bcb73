package dev.parley.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What every REST reply looks like. Written as JSON in snake case, without absent members. */
public sealed interface Envelope {
    /** A reply with data; {@code code} is the HTTP status. */
    record Success(int code, String message, Object data) implements Envelope {
        public Success(int code, Object data) {
            this(code, "success", data);
        }
    }

    /**
     * A refusal. {@code code} is the HTTP status, {@code error} the stable machine code, {@code details} what a client may read beside
     * it (null when there is nothing), {@code timestamp} when it was answered.
     */
    record Failure(
            int code, String message, String error, Map<String, Object> details, Instant timestamp, String requestId)
            implements Envelope {}

    /** One page of a list, as {@code data}. {@code page} counts from 1. */
    record Page<T>(List<T> list, long total, int page, int pageSize, int totalPages) {
        public Page(List<T> list, long total, int page, int pageSize) {
            this(List.copyOf(list), total, page, pageSize, (int) ((total + pageSize - 1) / pageSize));
        }
    }
}
