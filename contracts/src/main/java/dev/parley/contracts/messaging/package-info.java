/**
 * The words of instant messages, over REST and on the socket. A conversation has two counters: {@code seq} numbers its messages, 1, 2, 3 …,
 * and {@code change} numbers everything that happens in it, a message being the one, its edit the next. Both are gapless.
 */
package dev.parley.contracts.messaging;
