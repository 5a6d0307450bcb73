package dev.parley.platform.lambda;

import java.lang.reflect.Type;
import org.springframework.cloud.function.json.JsonMapper;

/**
 * Stands where Spring Cloud Function has its own JSON: events go in and out of the function as bytes, so that nothing of it is ever asked, and
 * what it would load for that is left where it is.
 */
final class StreamsOnly extends JsonMapper {
    @Override
    protected <T> T doFromJson(Object json, Type type) {
        throw new IllegalStateException("An event is taken as a stream, not as " + type);
    }

    @Override
    public String toString(Object value) {
        return String.valueOf(value);
    }
}
