package dev.parley.local.gateway.function;

/** A function cannot be loaded; the message says which and what is missing. */
public final class FunctionException extends RuntimeException {
    FunctionException(String message) {
        super(message);
    }

    FunctionException(String message, Throwable cause) {
        super(message, cause);
    }
}
