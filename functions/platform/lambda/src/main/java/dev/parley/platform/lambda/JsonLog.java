package dev.parley.platform.lambda;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of JSON for each thing worth knowing. Every line about a request has its {@code request_id}, which the client was given too.
 * Never logs bodies, headers or tokens. Thread-safe.
 */
public final class JsonLog {
    private static final int DEEPEST_FRAMES = 12;
    private static final int DEEPEST_CAUSES = 4;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String service;
    private final InstantSource clock;
    private final PrintStream out;

    public JsonLog(String service, InstantSource clock, PrintStream out) {
        this.service = Objects.requireNonNull(service);
        this.clock = Objects.requireNonNull(clock);
        this.out = Objects.requireNonNull(out);
    }

    /** To the standard output, where AWS Lambda collects it. */
    public static JsonLog standard(String service, InstantSource clock) {
        return new JsonLog(service, clock, System.out);
    }

    /** Something that happened as it should, with fields of its own. */
    public void info(String message, Map<String, ?> fields) {
        write("INFO", message, fields, null);
    }

    /** Something that is worth a look, with fields of its own. */
    public void warn(String message, Map<String, ?> fields) {
        write("WARN", message, fields, null);
    }

    /** A failure of ours, with its causes and where they came from. */
    public void failure(String message, String requestId, Throwable cause) {
        write("ERROR", message, Map.of("request_id", requestId), cause);
    }

    /** A request that was answered with a refusal: what was asked for, and why not. Whoever reports the reference is found here. */
    public void refused(String request, String code, String requestId) {
        write("INFO", request + " refused: " + code, Map.of("request_id", requestId), null);
    }

    /** A request that could not be served because of something outside the function: one line, with the first cause. */
    public void unavailable(String code, String requestId, Throwable refusal) {
        Throwable root = refusal;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String because = root.getClass().getName() + ": " + root.getMessage();
        write("WARN", "answered " + code, Map.of("request_id", requestId, "because", because), null);
    }

    /** What a library had to say. */
    public void library(boolean error, String logger, String message, Throwable cause) {
        write(error ? "ERROR" : "WARN", message, Map.of("logger", logger), cause);
    }

    private void write(String level, String message, Map<String, ?> fields, Throwable cause) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ts", clock.instant().toString());
        line.put("level", level);
        line.put("svc", service);
        line.put("msg", message);
        line.putAll(fields);
        if (cause != null) {
            line.put("cause", describe(cause, DEEPEST_CAUSES));
        }
        out.println(MAPPER.writeValueAsString(line));
    }

    private static Map<String, Object> describe(Throwable cause, int causesLeft) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("type", cause.getClass().getName());
        described.put("message", String.valueOf(cause.getMessage()));
        StackTraceElement[] frames = cause.getStackTrace();
        described.put(
                "at",
                Arrays.stream(frames)
                        .limit(DEEPEST_FRAMES)
                        .map(StackTraceElement::toString)
                        .toList());
        if (cause.getCause() != null && causesLeft > 0) {
            described.put("cause", describe(cause.getCause(), causesLeft - 1));
        }
        return described;
    }
}
