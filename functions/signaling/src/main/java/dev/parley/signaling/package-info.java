/**
 * The WebSocket: tickets that open it, rooms that hear each other on it, and the relay of what two people say to each other.
 *
 * <p>Frames come concurrently and in no order, and each is one call of a function. So nothing is kept in memory: who holds a
 * socket rides in its authorizer context, who hears a room is in the RoomMembers table, and a room's frames are numbered so that a client
 * can put them in order and notice a gap. Whoever was removed from a meeting is not heard, hears nothing, and loses the socket at the
 * room's next message.
 */
package dev.parley.signaling;
