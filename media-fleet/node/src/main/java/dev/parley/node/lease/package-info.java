/**
 * The node's lease in the MediaNodes table, and what it learns from that table.
 *
 * <p>Renewed every 3 s, good for 15 s. A table that cannot be reached changes nothing: the node serves on and tries again. A lease that
 * another incarnation holds means that a newer process has this node's name: this one sends everybody away and stops. A room whose
 * placement shows a higher epoch on another node is sent there.
 */
package dev.parley.node.lease;
