/** A thin client of SQS that knows no domain: what is sent is a text, its group and what makes it the same message again. */
package dev.parley.platform.queues;
