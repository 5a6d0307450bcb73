package dev.parley.platform.lambda;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Envelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A REST reply. Immutable.
 *
 * @param status HTTP status
 * @param headers names to values; several values become several lines
 * @param body the text to send, in UTF-8
 */
public record HttpResponse(int status, Map<String, List<String>> headers, String body) {
    private static final String JSON = "application/json";

    /** 200 with {@code data} in the envelope. */
    public static HttpResponse ok(Object data) {
        return envelope(new Envelope.Success(200, data));
    }

    /** 200 with nothing to say but that it is done. */
    public static HttpResponse done() {
        return ok(null);
    }

    /** 201 with what was made. */
    public static HttpResponse created(Object data) {
        return envelope(new Envelope.Success(201, data));
    }

    /** 202 with how to learn what becomes of it. */
    public static HttpResponse accepted(Object data) {
        return envelope(new Envelope.Success(202, data));
    }

    /** A body of one's own, without the envelope. */
    public static HttpResponse raw(int status, String mediaType, String body) {
        return new HttpResponse(status, Map.of("Content-Type", List.of(mediaType)), body);
    }

    static HttpResponse envelope(Envelope.Success success) {
        return raw(success.code(), JSON, Wire.write(success));
    }

    static HttpResponse envelope(Envelope.Failure failure) {
        return raw(failure.code(), JSON, Wire.write(failure));
    }

    /** This reply with one more header line. */
    public HttpResponse with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, List.copyOf(values));
        return new HttpResponse(status, more, body);
    }

    /** This reply with that header line, unless it has one of that name. */
    HttpResponse withDefault(String name, String value) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase) ? this : with(name, value);
    }
}
