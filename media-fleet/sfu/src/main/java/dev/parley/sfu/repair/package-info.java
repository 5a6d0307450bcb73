/**
 * Bookkeeping about one incoming RTP stream: what arrived twice, what reports say about it, when to ask for a key frame. Pure state;
 * whoever owns it sends the packets. What is missing is kept by {@link dev.parley.rtp.nack.MissingPackets}.
 */
package dev.parley.sfu.repair;
