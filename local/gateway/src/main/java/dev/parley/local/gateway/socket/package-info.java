/**
 * The WebSocket API: the handshake with its authorizer and {@code $connect}, routing of messages, limits and close codes, and the
 * {@code @connections} API by which functions write to sockets.
 */
package dev.parley.local.gateway.socket;
