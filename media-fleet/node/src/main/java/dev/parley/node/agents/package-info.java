/** Media agents: each is one thread that owns one UDP port, its sessions and its rooms. Nothing on it waits. */
package dev.parley.node.agents;
