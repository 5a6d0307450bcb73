package dev.parley.local.gateway.function;

/** An invocation gave no result. What API Gateway makes of it depends on the kind. */
public sealed class InvocationException extends Exception {
    private InvocationException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Every permitted invocation is running: Lambda's 429. */
    public static final class Throttled extends InvocationException {
        Throttled(String function) {
            super(function + " runs as many invocations as it may", null);
        }
    }

    /** The handler threw, could not be started, or ran past the function's own timeout. */
    public static final class Failed extends InvocationException {
        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The caller's own limit, API Gateway's 29 s, passed first. */
    public static final class TimedOut extends InvocationException {
        TimedOut(String function, long millis) {
            super(function + " did not answer within " + millis + " ms", null);
        }
    }
}
