package dev.parley.rtp;

/** Bytes or text that break their format. The only exception family the parsers of this module throw. Carries no stack trace. */
public class MalformedPacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, for the log of whoever received the bytes
     */
    public MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
