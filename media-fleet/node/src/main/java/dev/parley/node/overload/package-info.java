/**
 * How loaded the node is: one number made of its agents' duty, their packets and what the machine takes away, and whom the node
 * lets in at it. Sampled once a second by a thread of its own, never by an agent.
 */
package dev.parley.node.overload;
