/**
 * The words of the SFU and its ports to the outside: what a participant negotiated, what it would like to see, what the rooms
 * report. Nothing here reads a clock, opens a socket or starts a thread.
 *
 * <p>The packages below, from the outside in: {@code rooms} (the agent, its rooms and participants), {@code relay} (a room over
 * several agents), {@code allocation} (which
 * layer each video slot gets), {@code slots} (tracks rewritten onto a receiver's fixed streams), {@code tracks} (what publishers
 * send), {@code repair} (loss, reports, key frames) and {@code bwe} (how much a receiver's path carries). Imports run in that order only.
 */
package dev.parley.sfu;
