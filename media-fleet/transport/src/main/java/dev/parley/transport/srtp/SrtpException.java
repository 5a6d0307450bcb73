package dev.parley.transport.srtp;

/** SRTP could not be set up: an unusable key, or a provider that lacks an algorithm. Packets never cause it. */
public final class SrtpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What failed, on what. */
    public SrtpException(String message) {
        super(message);
    }

    /** What failed, on what, and the provider's own words. */
    public SrtpException(String message, Throwable cause) {
        super(message, cause);
    }
}
