package dev.parley.messaging.function;

import dev.parley.contracts.Wire;
import dev.parley.messaging.Backlog;
import dev.parley.platform.queues.SqsQueue;
import java.util.List;

/** Shares in a standard queue: frames carry their number, so their order in the queue is of no use. */
record QueuedShares(SqsQueue queue) implements Backlog {
    @Override
    public void queue(List<Share> shares) {
        queue.sendUnordered(shares.stream().map(Wire::write).toList());
    }
}
