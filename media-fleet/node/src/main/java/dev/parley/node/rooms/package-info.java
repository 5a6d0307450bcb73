/**
 * Rooms as their people see them: who is here, what they say on the data channel, who may not come in.
 *
 * <p>Each {@link dev.parley.node.rooms.Room} has one virtual thread, its {@link dev.parley.node.rooms.Conductor}: it alone changes the roster. HTTP threads
 * call it and wait, agents and session threads leave it work. Packets never come here; they go from transport to {@code sfu} and back on the agent.
 */
package dev.parley.node.rooms;
