package dev.parley.notifications;

/** A mail was not taken by who delivers it. The message says why, without the address. */
public final class MailException extends RuntimeException {
    public MailException(String message) {
        super(message);
    }
}
