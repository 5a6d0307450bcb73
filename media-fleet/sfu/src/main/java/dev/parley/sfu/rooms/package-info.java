/**
 * The agent, its rooms and who is in them.
 *
 * <p>{@link dev.parley.sfu.rooms.SfuAgent} runs on one thread, which also hands in the packets; every other thread reaches it through its bounded command
 * queue. A packet goes {@code Participant -> Uplink -> Track -> slots -> Downlink -> PacketSink}.
 */
package dev.parley.sfu.rooms;
