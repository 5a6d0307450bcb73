/**
 * Roads that a packet could take into the kernel, measured beside the one it takes: {@code local/bench roads}. Nothing here is part of a node. Each road
 * sends the same runs of packets to the same sockets from one thread; what it was like is told in {@code docs/next-factor.md}.
 */
package dev.parley.bench.roads;
