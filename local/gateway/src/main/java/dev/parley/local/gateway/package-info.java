/**
 * API Gateway and Lambda on a laptop. {@link dev.parley.local.gateway.Gateway} reads {@code template.yaml}, loads every packaged function
 * in a class loader of its own, and calls it with the event JSON that AWS would send: REST requests (payload 1.0), WebSocket handshakes,
 * messages and disconnects, and schedules. It enforces the limits of API Gateway, answers errors with its texts, and knows nothing of what
 * the functions do.
 */
package dev.parley.local.gateway;
