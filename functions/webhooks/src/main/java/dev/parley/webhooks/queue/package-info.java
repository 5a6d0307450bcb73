/** The queue of deliveries, in SQS. */
package dev.parley.webhooks.queue;
