/**
 * The media exchange: a participant's offer, checked against the meeting's door, goes to the node that has the room, and the
 * node's answer comes back in the same reply.
 */
package dev.parley.fleet;
