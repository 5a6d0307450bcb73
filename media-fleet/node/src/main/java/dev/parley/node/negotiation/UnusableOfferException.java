package dev.parley.node.negotiation;

/** An offer that no session can be made of; the message says what is missing, for the client's developer. */
public final class UnusableOfferException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableOfferException(String message) {
        super(message, null, false, false);
    }
}
