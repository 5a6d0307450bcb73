package dev.parley.transport;

/** A session could not be opened: the port is full or closed. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What failed and why. */
    public TransportException(String message) {
        super(message);
    }
}
