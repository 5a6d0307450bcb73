/** Transports by the thousand over a few sockets: ICE, DTLS, SRTP and transport-wide feedback as a browser speaks them, at the speed of a load generator. */
package dev.parley.bench.wire;
