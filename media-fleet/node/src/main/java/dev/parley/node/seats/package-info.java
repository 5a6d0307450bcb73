/** Frees the seats of people who vanished from this node's rooms without leaving. */
package dev.parley.node.seats;
