package dev.parley.platform.lambda;

/** Does what is due when EventBridge says so. Called at least once at each time; two calls may run at once. Thread-safe. */
@FunctionalInterface
public interface ScheduleHandler {
    /** A failure fails the invocation, which is then tried again. */
    void due();
}
