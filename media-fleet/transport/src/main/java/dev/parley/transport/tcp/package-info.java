/**
 * Media over TCP for those whose network lets no UDP through: passive candidates (RFC 6544) on the UDP port's number,
 * datagrams framed by two bytes of length (RFC 4571). Above the engine nothing knows the difference.
 */
package dev.parley.transport.tcp;
