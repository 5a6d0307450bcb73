package dev.parley.local.supervisor;

/** The installation cannot be started; the message says what failed and what to do. */
final class SupervisorException extends RuntimeException {
    SupervisorException(String message) {
        super(message);
    }
}
