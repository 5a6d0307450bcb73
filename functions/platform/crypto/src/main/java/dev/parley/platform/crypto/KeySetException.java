package dev.parley.platform.crypto;

/** A key set cannot be read, made or used. Never carries key material. */
public final class KeySetException extends RuntimeException {
    public KeySetException(String message, Throwable cause) {
        super(message, cause);
    }
}
