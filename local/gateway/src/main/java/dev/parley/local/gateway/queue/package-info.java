/**
 * Event source mappings of SQS queues, as Lambda runs them: messages are handed to functions in batches; what a function is done with is
 * deleted, what fails comes again after its visibility timeout and is a dead letter after too many times.
 */
package dev.parley.local.gateway.queue;
