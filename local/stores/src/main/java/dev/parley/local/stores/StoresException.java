package dev.parley.local.stores;

/** A store could not be started, prepared or stopped; the message says which, where, and what to do. */
public final class StoresException extends RuntimeException {
    public StoresException(String message) {
        super(message);
    }

    public StoresException(String message, Throwable cause) {
        super(message, cause);
    }
}
