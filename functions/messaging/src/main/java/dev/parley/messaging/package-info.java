/**
 * Instant messages. A conversation has one counter that everything in it is numbered by, and one for its messages; both rise in the same
 * transaction that writes what they number, on the condition that they are as they were read. So there is one order, without gaps, that
 * every device comes to, whatever frames were lost, doubled or overtaken on the way: a frame tells a state and its number, and a number
 * that is missing is asked for. See {@code docs/messaging.md}.
 */
package dev.parley.messaging;
