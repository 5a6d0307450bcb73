package dev.parley.kernel;

/** A setting is missing or cannot be read. It names the key and says what was expected; it ends the start of a function. */
public final class SettingsException extends RuntimeException {
    public SettingsException(String message) {
        super(message);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
