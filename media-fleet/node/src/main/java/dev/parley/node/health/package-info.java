/** {@code GET /health} and {@code GET /metrics} on a plain port of their own, for supervisors and Prometheus. */
package dev.parley.node.health;
