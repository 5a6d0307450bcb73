package dev.parley.platform.lambda;

/** Answers the events of a WebSocket API. Thread-safe. */
@FunctionalInterface
public interface SocketHandler {
    /** A status other than 2xx refuses a connection; for messages it is only counted. A failure is answered with 500. */
    SocketReply handle(SocketEvent event);
}
