/** Debian's Janus with its VideoRoom as a second server under the same load: a process of its own, its interface, and its SDP. */
package dev.parley.bench.janus;
