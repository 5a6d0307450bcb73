package dev.parley.contracts;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Text that is not the JSON it should be. {@link #field()} is the dotted path of the offending field, or empty. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;

    public WireException(String message, String field) {
        super(message);
        this.field = field;
    }

    static WireException from(JacksonException cause) {
        String field = cause instanceof DatabindException bind
                ? bind.getPath().stream()
                        .map(step ->
                                step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                        .collect(Collectors.joining("."))
                : "";
        String where = field.isEmpty() ? "the body is not valid JSON" : "field " + field + " has the wrong type";
        WireException wire = new WireException(where, field);
        wire.initCause(cause);
        return wire;
    }

    public String field() {
        return field;
    }
}
