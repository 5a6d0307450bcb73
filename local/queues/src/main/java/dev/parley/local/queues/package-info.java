/**
 * SQS for AWS's own clients, in this JVM: queues of both kinds with visibility timeouts, message groups, deduplication and redrive, whose
 * messages stay in a folder. {@link dev.parley.local.queues.QueueServer} serves it; what it refuses, it refuses as SQS does.
 */
package dev.parley.local.queues;
