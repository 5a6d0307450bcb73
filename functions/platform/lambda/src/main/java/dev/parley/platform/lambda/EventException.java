package dev.parley.platform.lambda;

/** An event that this function cannot serve at all. It fails the invocation; the message never quotes the event. */
public final class EventException extends RuntimeException {
    public EventException(String message) {
        super(message);
    }
}
