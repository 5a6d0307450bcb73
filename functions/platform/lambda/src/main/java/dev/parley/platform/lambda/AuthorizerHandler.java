package dev.parley.platform.lambda;

/** Decides who may open a socket. Thread-safe. */
@FunctionalInterface
public interface AuthorizerHandler {
    /** A failure refuses. */
    AuthorizerReply authorize(AuthorizerEvent event);
}
