/**
 * The WebSocket's words. One JSON object a frame, {@code type} names it, at most 32 KB.
 *
 * <p>The subprotocol is {@link dev.parley.contracts.signaling.SocketProtocol#NAME}, offered together with
 * {@code ticket.<ticket>}: browsers cannot set headers on a WebSocket.
 */
package dev.parley.contracts.signaling;
