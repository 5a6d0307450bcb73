package dev.parley.local.gateway.template;

import java.time.Duration;

/**
 * An {@code SQS} event of a function: which queue's messages it is handed.
 *
 * @param name the event's name in the template
 * @param queue the queue's name in SQS
 * @param batchSize messages handed over at a time, at most
 * @param window how long is waited for a batch to fill
 * @param reportsFailures the function's answer names the messages that failed
 * @param concurrency batches handed over at the same time, at most
 */
public record QueueSourceSpec(
        String name, String queue, int batchSize, Duration window, boolean reportsFailures, int concurrency) {}
