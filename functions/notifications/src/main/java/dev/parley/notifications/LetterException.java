package dev.parley.notifications;

/** An event from which no letter can be written; the message names what is missing or wrong, never what it says. */
public final class LetterException extends RuntimeException {
    LetterException(String message) {
        super(message);
    }
}
