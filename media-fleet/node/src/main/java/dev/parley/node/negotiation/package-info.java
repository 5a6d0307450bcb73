/**
 * From an offer to an answer: which sections are senders and which are slots, what both sides speak, and the words of the answer.
 *
 * <p>Example: an offer with {@code m=audio sendonly} (mid 0, labelled microphone), {@code m=video sendonly} with rids q, h, f (mid 1, camera),
 * one {@code m=video recvonly} (mid 2) and a data channel becomes: mid 0 recvonly, mid 1 recvonly with {@code a=simulcast:recv q;h;f},
 * mid 2 sendonly with a fixed SSRC and its RTX SSRC, the data channel, all on one ICE-lite transport.
 */
package dev.parley.node.negotiation;
