package dev.parley.platform.lambda;

/** Takes messages of a queue. Thread-safe. */
@FunctionalInterface
public interface QueueConsumer {
    /**
     * Takes one.
     *
     * @return whether it is done with; else it comes again, and the later ones of its group after it, as after anything that is thrown
     */
    boolean take(QueueMessage message);
}
