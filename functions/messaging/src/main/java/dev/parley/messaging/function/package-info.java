/** Messaging behind API Gateway: parses, calls, maps. The only place that wires. */
package dev.parley.messaging.function;
