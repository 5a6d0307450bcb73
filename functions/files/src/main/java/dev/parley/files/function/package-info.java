/** Files behind API Gateway: the only place that wires. */
package dev.parley.files.function;
