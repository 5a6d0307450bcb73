/**
 * UDP for one agent: {@link dev.parley.transport.udp.UdpEngine} and its implementations.
 *
 * <p>The interface allows for engines that receive and send in batches: datagrams are handed over in a call, addresses
 * may be reused objects until they are kept, sends may be queued until a flush.
 */
package dev.parley.transport.udp;
